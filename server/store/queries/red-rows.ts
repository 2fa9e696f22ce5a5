import type { TimeRange } from '#server/time/schema.ts';
import { FAILED_IN_ROLLUP, minuteParams } from './span-conditions.ts';

const COLUMNS =
  'service_name, kind, name, peer_service, db_system_name, count, failed, duration_ns_max, duration_quantiles';
const IN_HOURS = ['{hoursFrom:Int64}', '{hoursTo:Int64}'] as const;

/**
 * The rollups over a window as a table: its whole hours from red_1h, the minutes before and after them from red_1m. `at` is where
 * the row's minute or hour begins. Goes with `redParams`.
 */
export const RED_ROWS = `(
  SELECT minute AS at, ${COLUMNS.replace('failed', `${FAILED_IN_ROLLUP} AS failed`)}
  FROM red_1m
  WHERE minute >= toDateTime({from:Int64}) AND minute < toDateTime({to:Int64})
    AND (minute < toDateTime(${IN_HOURS[0]}) OR minute >= toDateTime(${IN_HOURS[1]}))
  UNION ALL
  SELECT hour AS at, ${COLUMNS}
  FROM red_1h
  WHERE hour >= toDateTime(${IN_HOURS[0]}) AND hour < toDateTime(${IN_HOURS[1]})
)`;

const SERVICE_COLUMNS = 'service_name, kind, count, failed, duration_quantiles';

/** The same of services as wholes, for questions that do not ask for operations; goes with `redParams` too. */
export const RED_SERVICE_ROWS = `(
  SELECT minute AS at, ${SERVICE_COLUMNS}
  FROM red_service_1m
  WHERE minute >= toDateTime({from:Int64}) AND minute < toDateTime({to:Int64})
    AND (minute < toDateTime(${IN_HOURS[0]}) OR minute >= toDateTime(${IN_HOURS[1]}))
  UNION ALL
  SELECT hour AS at, ${SERVICE_COLUMNS}
  FROM red_1h
  WHERE hour >= toDateTime(${IN_HOURS[0]}) AND hour < toDateTime(${IN_HOURS[1]})
)`;

const HOUR_S = 3_600;

/**
 * In seconds; every minute that the window touches. Who counts by buckets says how long they are: an hour may lie in one only,
 * so it is read as such when buckets are whole hours and begin with one.
 */
export function redParams(range: TimeRange, bucket?: { originMs: number; stepMs: number }) {
  const { from, to } = minuteParams(range);
  const fits = !bucket || (bucket.stepMs % (HOUR_S * 1_000) === 0 && bucket.originMs % (HOUR_S * 1_000) === 0);
  const hoursFrom = Math.ceil(from / HOUR_S) * HOUR_S;
  const hoursTo = Math.floor(to / HOUR_S) * HOUR_S;
  return fits && hoursTo > hoursFrom ? { from, to, hoursFrom, hoursTo } : { from, to, hoursFrom: to, hoursTo: to };
}
