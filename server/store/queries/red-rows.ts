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

const SERVICE_COLUMNS = 'service_name, kind, count, recorded, failed, duration_quantiles';
const IN_SLOTS = ['{slotsFrom:Int64}', '{slotsTo:Int64}'] as const;

/**
 * The same of services as wholes, for questions that do not ask for operations: of five minutes from red_service_5m what
 * hours do not cover, and minutes before and after. Goes with `redParams` too.
 */
export const RED_SERVICE_ROWS = `(
  SELECT minute AS at, ${SERVICE_COLUMNS.replace('failed', `${FAILED_IN_ROLLUP} AS failed`)}
  FROM red_1m
  WHERE minute >= toDateTime({from:Int64}) AND minute < toDateTime({to:Int64})
    AND (minute < toDateTime(${IN_SLOTS[0]}) OR minute >= toDateTime(${IN_SLOTS[1]}))
  UNION ALL
  SELECT slot AS at, ${SERVICE_COLUMNS}
  FROM red_service_5m
  WHERE slot >= toDateTime(${IN_SLOTS[0]}) AND slot < toDateTime(${IN_SLOTS[1]})
    AND (slot < toDateTime(${IN_HOURS[0]}) OR slot >= toDateTime(${IN_HOURS[1]}))
  UNION ALL
  SELECT hour AS at, ${SERVICE_COLUMNS}
  FROM red_1h
  WHERE hour >= toDateTime(${IN_HOURS[0]}) AND hour < toDateTime(${IN_HOURS[1]})
)`;

const SLOT_S = 300;
const HOUR_S = 3_600;

/**
 * In seconds; every minute that the window touches. Who counts by buckets says how long they are: an hour, or five minutes, may
 * lie in one only, so they are read as such when buckets are whole ones and begin with one.
 */
export function redParams(range: TimeRange, bucket?: { originMs: number; stepMs: number }) {
  const { from, to } = minuteParams(range);
  const [slotsFrom, slotsTo] = wholeParts(from, to, SLOT_S, bucket);
  const [hoursFrom, hoursTo] = wholeParts(from, to, HOUR_S, bucket);
  return { from, to, slotsFrom, slotsTo, hoursFrom, hoursTo };
}

/** From the first to behind the last part of `lengthS` seconds that lies in the window whole; at its end when there is none. */
function wholeParts(from: number, to: number, lengthS: number, bucket?: { originMs: number; stepMs: number }) {
  const lengthMs = lengthS * 1_000;
  const fits = !bucket || (bucket.stepMs % lengthMs === 0 && bucket.originMs % lengthMs === 0);
  const first = Math.ceil(from / lengthS) * lengthS;
  const behind = Math.floor(to / lengthS) * lengthS;
  return fits && behind > first ? ([first, behind] as const) : ([to, to] as const);
}
