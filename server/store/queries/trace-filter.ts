import type { TimeRange } from '#server/time/schema.ts';
import { windowParams } from './span-conditions.ts';

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

/** The condition on a span, from fixed parts: whatever a person typed is a parameter. `!=` means present and different. */
export function spanCondition(filter: TraceFilter): { condition: string; params: Record<string, unknown> } {
  const parts = ['1'];
  const params: Record<string, unknown> = { ...windowParams(filter.range) };
  const add = (part: string, values: Record<string, unknown> = {}) => {
    parts.push(part);
    Object.assign(params, values);
  };
  if (filter.service) add('service_name = {service:String}', { service: filter.service });
  if (filter.operation) add('name = {operation:String}', { operation: filter.operation });
  if (filter.status === 'error') add('status_code = 2');
  if (filter.circuitOutcome) add('circuit_breaker_outcome = {outcome:String}', { outcome: filter.circuitOutcome });
  filter.attributes.forEach(({ key, op, value }, index) => {
    const [k, v] = [`{key${index}:String}`, `{value${index}:String}`];
    const present = `(mapContains(attributes, ${k}) OR mapContains(resource_attributes, ${k}))`;
    const found = `if(mapContains(attributes, ${k}), attributes[${k}], resource_attributes[${k}])`;
    if (op === 'exists') add(present, { [`key${index}`]: key });
    else add(`(${present} AND ${found} ${op} ${v})`, { [`key${index}`]: key, [`value${index}`]: value });
  });
  return { condition: parts.join(' AND '), params };
}

/** True when a trace must be measured whole before it is known to match. */
export function isAboutWholeTrace({ status, minDurationMs, maxDurationMs }: TraceFilter): boolean {
  return status === 'ok' || minDurationMs !== undefined || maxDurationMs !== undefined;
}

/** The traces of the window that match, each with start, duration and failures, as a subquery. */
export function matchingTraces(filter: TraceFilter): { sql: string; params: Record<string, unknown> } {
  const { condition, params } = spanCondition(filter);
  return {
    sql: `
      SELECT trace_id, min(toUnixTimestamp64Nano(timestamp)) AS start_ns,
        max(toUnixTimestamp64Nano(timestamp) + toInt64(duration_ns)) - start_ns AS trace_ns, countIf(status_code = 2) AS errors
      FROM spans
      WHERE timestamp >= fromUnixTimestamp64Milli({from:Int64}) AND timestamp < fromUnixTimestamp64Milli({to:Int64})
      GROUP BY trace_id
      HAVING countIf(${condition}) > 0 AND trace_ns >= {minNs:Float64} AND trace_ns <= {maxNs:Float64}
        AND ({onlyOk:UInt8} = 0 OR errors = 0)`,
    params: {
      ...params,
      minNs: (filter.minDurationMs ?? 0) * 1e6,
      maxNs: (filter.maxDurationMs ?? Number.MAX_SAFE_INTEGER) * 1e6,
      onlyOk: filter.status === 'ok' ? 1 : 0,
    },
  };
}
