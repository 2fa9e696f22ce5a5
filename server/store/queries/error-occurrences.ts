import type { TimeRange } from '#server/time/schema.ts';
import { FAILED, IN_WINDOW, windowParams } from './span-conditions.ts';

/** Longer messages are cut before they are compared: what tells them apart stands at their beginning. */
const MESSAGE_CHARS = 1_000;

/**
 * What differs between two occurrences of one failure, replaced by #, in this order: quoted parts (an apostrophe within a word
 * opens none), UUIDs, words with a digit in them (numbers, hex, ids, durations), runs of these joined by punctuation (addresses,
 * versions, dates), and white space.
 */
const REPLACED: readonly [pattern: string, replacement: string][] = [
  [String.raw`"[^"]*"`, '"#"'],
  ['`[^`]*`', '`#`'],
  [String.raw`(^|[^\pL\pN])'[^']*'`, String.raw`\1'#'`],
  [String.raw`\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\b`, '#'],
  [String.raw`[\pL_]*[0-9][\pL0-9_]*`, '#'],
  [String.raw`#(?:[.:,/+-]#)+`, '#'],
  [String.raw`\s+`, ' '],
];

/** An expression for `message` with what differs replaced. */
export function normalised(message: string): string {
  const cut = `trimBoth(substringUTF8(${message}, 1, ${MESSAGE_CHARS}))`;
  return REPLACED.reduce((sql, [from, to]) => `replaceRegexpAll(${sql}, ${quoted(from)}, ${quoted(to)})`, cut);
}

/** Names the failures of one kind. */
const FINGERPRINT = 'hex(sipHash64(source, service, type, operation, normal))';

const COLUMNS =
  'source, timestamp, service, instance, release, type, operation, message, stacktrace, trace_id, span_id, stands_for';

const OF_SPANS = `
  SELECT 'span' AS source, timestamp, service_name AS service, service_instance_id AS instance, service_version AS release,
    arrayLast((_, event) -> event = 'exception', event_attributes, event_names) AS exception,
    multiIf(exception['exception.type'] <> '', exception['exception.type'], toString(error_type) <> '', toString(error_type),
      http_response_status_code > 0, toString(http_response_status_code), '') AS sent_type,
    if(match(sent_type, '^[1-5][0-9][0-9]$'), concat('HTTP ', sent_type), sent_type) AS type,
    toString(name) AS operation,
    if(exception['exception.message'] <> '', exception['exception.message'], status_message) AS message,
    exception['exception.stacktrace'] AS stacktrace, trace_id, span_id, adjusted_count AS stands_for
  FROM spans
  WHERE ${IN_WINDOW} AND (empty({services:Array(String)}) OR service_name IN {services:Array(String)})
    AND (${FAILED} OR has(event_names, 'exception'))`;

const OF_LOGS = `
  SELECT 'log' AS source, timestamp, service_name AS service, service_instance_id AS instance, service_version AS release,
    multiIf(attributes['exception.type'] <> '', attributes['exception.type'], attributes['error.type']) AS type,
    toString(event_name) AS operation,
    multiIf(attributes['exception.message'] <> '', attributes['exception.message'], body) AS message,
    attributes['exception.stacktrace'] AS stacktrace, trace_id, span_id, toUInt32(1) AS stands_for
  FROM logs
  WHERE ${IN_WINDOW} AND (empty({services:Array(String)}) OR service_name IN {services:Array(String)})
    AND severity_number >= 17`;

/** Every failure of the window with its fingerprint, as a subquery; of these services, or of all when none is named. */
export function errorOccurrences(range: TimeRange, services: readonly string[]) {
  return {
    sql: `
      SELECT ${COLUMNS}, ${normalised('message')} AS normal, ${FINGERPRINT} AS fingerprint
      FROM (SELECT ${COLUMNS} FROM (${OF_SPANS}) UNION ALL SELECT ${COLUMNS} FROM (${OF_LOGS}))`,
    params: { ...windowParams(range), services },
  };
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
