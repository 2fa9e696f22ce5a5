import { z } from 'zod';
import { TimeRange } from '#server/time/schema.ts';
import { CircuitInput, Tunable, type CircuitSettings, type CircuitState } from '../schema.ts';

export const ReplayCircuitInput = CircuitInput.extend({
  range: TimeRange,
  /** Over those in force; a window of 0 is "in a row only". */
  settings: Tunable.extend({ windowMs: z.literal(0).or(Tunable.shape.windowMs) }).partial(),
});
export type ReplayCircuitInput = z.input<typeof ReplayCircuitInput>;

/** What a breaker would have done with the recorded calls. */
export interface ReplayedCircuit {
  settings: CircuitSettings;
  /** Times that it would have opened. */
  opened: number;
  /** Calls that it would have refused, by how they really went; of those that were refused then nobody knows. */
  refused: { good: number; failing: number; unknown: number };
  /** Calls that it would have let through. */
  passed: { good: number; failing: number; unknown: number };
  /** Good calls that a shorter timeout would have ended. */
  cut: number;
  /** Retries that would not have been made, and those among them that had healed a request. */
  retries: { leftOut: number; healing: number };
  transitions: { tMs: number; instance: string; state: CircuitState; previousState: CircuitState; reason: string }[];
}

export interface CircuitReplay {
  /** From the first call that was read to the end of what was asked for. */
  range: TimeRange;
  /** Rows read. */
  calls: number;
  /** There were more, and only the newest were read. */
  isCut: boolean;
  /** Calls whose traces say that others were left out. */
  sampled: number;
  instances: number;
  /** Calls that ran into the timeout of their time: how they would have ended nobody knows. */
  timedOut: number;
  /** What really happened. */
  real: { opened: number; refused: number; forced: number };
  /** The settings in force, replayed as well: the nearer to what really happened, the more the other can be believed. */
  inForce: ReplayedCircuit;
  candidate: ReplayedCircuit;
}
