import type { TimeRange } from '#server/time/schema.ts';
import { IN_WINDOW, windowParams } from './span-conditions.ts';

/** What a line must be, all at once. */
export interface LogFilter {
  range: TimeRange;
  service?: string | undefined;
  minSeverity?: number | undefined;
  text?: string | undefined;
  traceId?: string | undefined;
  fields?: readonly { key: string; op: '=' | '!=' | 'exists'; value: string }[] | undefined;
}

/** Fields that have a column; everything else is an attribute of the line or of its resource. */
const COLUMNS: Record<string, string | undefined> = {
  'service.name': 'service_name',
  'service.instance.id': 'service_instance_id',
  'service.version': 'service_version',
  'event.name': 'event_name',
};

/** Names a line: when it was written, to the nanosecond, and what it says. Goes with `log-detail`. */
export const LOG_ID = `concat(toString(toUnixTimestamp64Nano(timestamp)), '-',
  hex(sipHash64(service_name, service_instance_id, span_id, body)))`;

/** OTel's severities as they are counted and shown. */
export const LOG_LEVEL = `multiIf(severity_number >= 17, 'error', severity_number >= 13, 'warn', severity_number >= 9, 'info',
  severity_number >= 1, 'debug', 'none')`;

/** The condition on a line, from fixed parts: whatever a person typed is a parameter. `!=` means present and different. */
export function logCondition(filter: LogFilter): { condition: string; params: Record<string, unknown> } {
  const parts = [IN_WINDOW];
  const params: Record<string, unknown> = { ...windowParams(filter.range) };
  const add = (part: string, values: Record<string, unknown>) => {
    parts.push(part);
    Object.assign(params, values);
  };
  if (filter.service) add('service_name = {service:String}', { service: filter.service });
  if (filter.minSeverity) add('severity_number >= {severity:UInt8}', { severity: filter.minSeverity });
  if (filter.traceId) add('trace_id = toFixedString(unhex({trace:String}), 16)', { trace: filter.traceId });
  if (filter.text) {
    // The index by_text knows bodies in ASCII lower case; a text beyond ASCII is looked for line by line.
    if (isAscii(filter.text))
      add('lower(body) LIKE {text:String}', { text: `%${escapeLike(filter.text.toLowerCase())}%` });
    else add('positionCaseInsensitiveUTF8(body, {text:String}) > 0', { text: filter.text });
  }
  filter.fields?.forEach(({ key, op, value }, index) => {
    const [k, v] = [`{key${index}:String}`, `{value${index}:String}`];
    const column = COLUMNS[key];
    const present = column
      ? `${column} <> ''`
      : `(mapContains(attributes, ${k}) OR mapContains(resource_attributes, ${k}))`;
    const found = column ?? `if(mapContains(attributes, ${k}), attributes[${k}], resource_attributes[${k}])`;
    if (op === 'exists') add(present, { [`key${index}`]: key });
    else add(`(${present} AND ${found} ${op} ${v})`, { [`key${index}`]: key, [`value${index}`]: value });
  });
  return { condition: parts.join(' AND '), params };
}

function isAscii(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- all of ASCII is meant
  return /^[\x00-\x7f]*$/.test(text);
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
