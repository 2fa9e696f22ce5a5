import { z } from 'zod';
import type { CircuitTransition } from '#server/circuits/schema.ts';

/** What open tabs are told; each names what to refetch, and carries little. */
export type LiveEvent =
  | { kind: 'tick'; nowMs: number; newestSpanMs: number | null; newestSampleMs: number | null; storeUp: boolean }
  | {
      kind: 'circuit';
      transition: Pick<CircuitTransition, 'name' | 'reporter' | 'instance' | 'state' | 'previousState' | 'tMs'>;
    }
  | { kind: 'alert'; fingerprint: string; rule: string; state: string }
  | { kind: 'integrity'; check: string; status: string; violations: number }
  | { kind: 'process'; process: string; message: string }
  | { kind: 'job'; job: 'load-test' | 'drill' | 'retention'; status: string }
  | { kind: 'retention'; signal: string };

/** tRPC adds the id when a stream is taken up again. */
export const ListenInput = z.object({ lastEventId: z.string().max(100).nullish() }).optional();
