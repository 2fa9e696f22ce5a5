import { z } from 'zod';
import { CircuitState } from '#server/circuits/schema.ts';
import type { LiveHint } from './channel.ts';
import type { LiveEvent } from './schema.ts';

const Hint = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('circuit'),
    name: z.string(),
    reporter: z.string(),
    instance: z.string(),
    state: CircuitState,
    previousState: CircuitState,
    tMs: z.number(),
  }),
  z.object({ kind: z.literal('process'), process: z.string(), message: z.string() }),
  z.object({ kind: z.literal('alert'), fingerprint: z.string(), rule: z.string(), state: z.string() }),
  z.object({ kind: z.literal('integrity'), check: z.string(), status: z.string(), violations: z.number() }),
  z.object({ kind: z.literal('job'), job: z.enum(['load-test', 'drill', 'retention']), status: z.string() }),
  z.object({ kind: z.literal('retention'), signal: z.string() }),
]);

/** The hint in a NOTIFY payload; null for what is none of ours, since anyone with a login may notify. */
export function parseHint(payload: string): z.infer<typeof Hint> | null {
  try {
    return Hint.parse(JSON.parse(payload)) satisfies LiveHint;
  } catch {
    return null;
  }
}

export function toLiveEvent(hint: z.infer<typeof Hint>): LiveEvent {
  if (hint.kind !== 'circuit') return hint;
  const { kind, ...transition } = hint;
  return { kind, transition };
}
