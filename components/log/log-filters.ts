import type { SearchLogsInput } from '#server/logs/schema.ts';
import { parseAttributeFilter } from '#components/trace/attribute-filter.ts';

/** OTel's bands, the lowest first; each begins four numbers above the one before. */
export const LEVEL_NAMES = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export type LevelName = (typeof LEVEL_NAMES)[number];

/** What a search for lines asks for beside the time, as the address holds it. */
export interface LogFilters {
  /** Text within the message. */
  q: string | null;
  service: string | null;
  /** The least severity. */
  level: LevelName | null;
  trace: string | null;
  /** "key=value", "key!=value" or "key". */
  field: readonly string[];
}

export type LogFilterChange = { [K in keyof LogFilters]?: LogFilters[K] | null };

export const NO_LOG_FILTERS = { q: null, service: null, level: null, trace: null, field: null } as const;

/** More would be refused. */
export const FIELDS_MAX = 10;

/** The filters as the API takes them; what makes no sense is left out, for an address may be typed by hand. */
export function toLogInput(filters: LogFilters): Omit<SearchLogsInput, 'range' | 'limit'> {
  const trace = filters.trace?.toLowerCase() ?? '';
  const fields = filters.field.map(parseAttributeFilter).filter((field) => field !== null);
  return {
    text: filters.q?.slice(0, 500) || undefined,
    service: filters.service?.slice(0, 255) || undefined,
    minSeverity: filters.level ? LEVEL_NAMES.indexOf(filters.level) * 4 + 1 : undefined,
    traceId: /^[0-9a-f]{32}$/.test(trace) ? trace : undefined,
    fields: fields.slice(0, FIELDS_MAX),
  };
}

/** How many filters narrow the search. */
export function countLogFilters({ q, service, level, trace, field }: LogFilters): number {
  return [q, service, level, trace].filter((value) => value !== null && value !== '').length + field.length;
}
