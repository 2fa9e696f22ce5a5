import type { TimeRange } from '#server/time/schema.ts';
import { IN_WINDOW, NOT_OURS, windowParams } from './span-conditions.ts';

/** What one span of a trace must be, all at once, and how long the whole trace may last. */
export interface TraceFilter {
  range: TimeRange;
  service?: string | undefined;
  operation?: string | undefined;
  status?: 'error' | 'ok' | undefined;
  circuitOutcome?: string | undefined;
  minDurationMs?: number | undefined;
  maxDurationMs?: number | undefined;
  attributes: readonly { key: string; op: '=' | '!=' | 'exists'; value: string }[];
}

export interface SpanCondition {
  condition: string;
  /**
   * True for every span that the condition is true for, and answered by an index: as PREWHERE it spares reading the attributes
   * of the rest.
   */
  prefilter: string;
  params: Record<string, unknown>;
}

/** The condition on a span, from fixed parts: whatever a person typed is a parameter. `!=` means present and different. */
export function spanCondition(filter: TraceFilter): SpanCondition {
  const parts = ['1'];
  const prefilters: string[] = [];
  const params: Record<string, unknown> = { ...windowParams(filter.range) };
  const add = (part: string, values: Record<string, unknown> = {}) => {
    parts.push(part);
    Object.assign(params, values);
  };
  // Looking at traces makes traces: they would bury what they were looked at for.
  if (!filter.service) add(NOT_OURS);
  else add('service_name = {service:String}', { service: filter.service });
  if (filter.operation) add('name = {operation:String}', { operation: filter.operation });
  if (filter.status === 'error') add('status_code = 2');
  if (filter.circuitOutcome) add('circuit_breaker_outcome = {outcome:String}', { outcome: filter.circuitOutcome });
  filter.attributes.forEach(({ key, op, value }, index) => {
    const [k, v] = [`{key${index}:String}`, `{value${index}:String}`];
    const present = `(mapContains(attributes, ${k}) OR mapContains(resource_attributes, ${k}))`;
    const found = `if(mapContains(attributes, ${k}), attributes[${k}], resource_attributes[${k}])`;
    if (op === 'exists') add(present, { [`key${index}`]: key });
    else add(`(${present} AND ${found} ${op} ${v})`, { [`key${index}`]: key, [`value${index}`]: value });
    if (op === '=') prefilters.push(`(has(mapValues(attributes), ${v}) OR has(mapValues(resource_attributes), ${v}))`);
  });
  return { condition: parts.join(' AND '), prefilter: prefilters.join(' AND ') || '1', params };
}

/** True when a trace must be measured whole before it is known to match. */
export function isAboutWholeTrace({ status, minDurationMs, maxDurationMs }: TraceFilter): boolean {
  return status === 'ok' || minDurationMs !== undefined || maxDurationMs !== undefined;
}

/** The traces of the window that match, each with start, duration and failures, as a subquery. */
export function matchingTraces(filter: TraceFilter): { sql: string; params: Record<string, unknown> } {
  const { condition, prefilter, params } = spanCondition(filter);
  // Attributes are most of a span: where they decide, they are read once to find the traces, not for all that is measured.
  const isFoundFirst = filter.attributes.length > 0;
  const found = `trace_id IN (SELECT trace_id FROM spans PREWHERE ${IN_WINDOW} AND ${prefilter} WHERE ${condition})`;
  return {
    sql: `
      SELECT trace_id, min(toUnixTimestamp64Nano(timestamp)) AS start_ns,
        max(toUnixTimestamp64Nano(timestamp) + toInt64(duration_ns)) - start_ns AS trace_ns, countIf(status_code = 2) AS errors
      FROM spans
      WHERE ${IN_WINDOW}${isFoundFirst ? ` AND ${found}` : ''}
      GROUP BY trace_id
      HAVING ${isFoundFirst ? '1' : `countIf(${condition}) > 0`} AND trace_ns >= {minNs:Float64} AND trace_ns <= {maxNs:Float64}
        AND ({onlyOk:UInt8} = 0 OR errors = 0)`,
    params: {
      ...params,
      minNs: (filter.minDurationMs ?? 0) * 1e6,
      maxNs: (filter.maxDurationMs ?? Number.MAX_SAFE_INTEGER) * 1e6,
      onlyOk: filter.status === 'ok' ? 1 : 0,
    },
  };
}
