import { z } from 'zod';

/** An event as it travels: the payload is checked by who handles it, because who carries it knows no contract. */
export const EventEnvelope = z.object({
  id: z.uuid(),
  /** Name and version: `order.created.v2`. */
  type: z.string().max(100),
  /** What it is about; a transport may keep events of one key in order. */
  key: z.string().max(200),
  occurredAt: z.iso.datetime(),
  payload: z.unknown(),
  /** W3C `traceparent` and `tracestate`, and `correlation-id`: the request that everything came from. */
  headers: z.record(z.string(), z.string()),
});
export type EventEnvelope = z.infer<typeof EventEnvelope>;

export const CORRELATION_HEADER = 'correlation-id';

/** Without its version: what consumers subscribe to, so that a version which they do not know reaches them all the same. */
export function nameOf(type: string): string {
  return type.replace(/\.v\d+$/, '');
}
