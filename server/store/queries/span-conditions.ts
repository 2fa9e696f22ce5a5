import type { TimeRange } from '#server/time/schema.ts';
import { OWN_PREFIX } from '#server/tracing/own-service.ts';

/** The kinds that stand for a request to the service: server and consumer. */
export const SERVED = 'kind IN (2, 5)';

/**
 * Failed: marked so, or a 5xx whose status an SDK left unset. A 4xx marks the span of a client too, but there it says nothing
 * against the called service, and a declined card is no fault of the shop.
 */
export const FAILED =
  '(http_response_status_code >= 500 OR (status_code = 2 AND NOT (kind = 3 AND http_response_status_code >= 400)))';

/** FAILED over the sums of red_1m. */
export const FAILED_IN_ROLLUP =
  'multiIf(http_response_status_code >= 500, count, kind = 3 AND http_response_status_code >= 400, 0, errors)';

/** Switchyard's own processes are no part of the fleet: they are seen where somebody asks for them by name. */
export const NOT_OURS = `NOT startsWith(service_name, '${OWN_PREFIX}')`;

/** A call that was made once more, as its client span says. */
export const IS_RETRY = "toUInt8OrZero(attributes['http.request.resend_count']) > 0";

/** Raw spans or logs of the half-open window; goes with `windowParams`. */
export const IN_WINDOW =
  'timestamp >= fromUnixTimestamp64Milli({from:Int64}) AND timestamp < fromUnixTimestamp64Milli({to:Int64})';

export function windowParams({ fromMs, toMs }: TimeRange) {
  return { from: fromMs, to: toMs };
}

/** Every minute that the window touches, in seconds, because red_1m counts in them. */
export function minuteParams({ fromMs, toMs }: TimeRange) {
  return { from: Math.floor(fromMs / 60_000) * 60, to: Math.ceil(toMs / 60_000) * 60 };
}
