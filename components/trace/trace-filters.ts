import type { SearchTracesInput } from '#server/traces/schema.ts';
import { parseAttributeFilter } from './attribute-filter.ts';

export const OUTCOMES = ['success', 'failure', 'rejected', 'timeout', 'fallback'] as const;

/** What a search for traces asks for beside the time, as the address holds it. */
export interface TraceFilters {
  service: string | null;
  operation: string | null;
  status: 'error' | 'ok' | null;
  outcome: (typeof OUTCOMES)[number] | null;
  /** Milliseconds. */
  min: number | null;
  max: number | null;
  /** "key=value", "key!=value" or "key". */
  attr: readonly string[];
  sort: 'newest' | 'slowest';
}

export const NO_FILTERS = {
  service: null,
  operation: null,
  status: null,
  outcome: null,
  min: null,
  max: null,
  attr: null,
} as const;

/** More would be refused. */
export const ATTRIBUTES_MAX = 10;

/** The filters as the API takes them; what makes no sense is left out, for an address may be typed by hand. */
export function toSearchInput(filters: TraceFilters): Omit<SearchTracesInput, 'range'> {
  const min = filters.min !== null && filters.min >= 0 ? filters.min : undefined;
  const max = filters.max !== null && filters.max > 0 ? filters.max : undefined;
  const attributes = filters.attr.map(parseAttributeFilter).filter((filter) => filter !== null);
  return {
    service: filters.service?.slice(0, 255) || undefined,
    operation: filters.operation?.slice(0, 1000) || undefined,
    status: filters.status ?? undefined,
    circuitOutcome: filters.outcome ?? undefined,
    minDurationMs: min,
    maxDurationMs: max,
    attributes: attributes.slice(0, ATTRIBUTES_MAX),
    sort: filters.sort,
  };
}

/** How many filters narrow the search. */
export function countFilters(filters: TraceFilters): number {
  const { service, operation, status, outcome, min, max, attr } = filters;
  return [service, operation, status, outcome, min, max].filter((value) => value !== null).length + attr.length;
}
