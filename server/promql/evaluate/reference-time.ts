import type { AtModifier } from '../ast.ts';
import type { Evaluation } from './evaluation.ts';
import { timeAt, type Grid } from './values.ts';

/** The time that a selector looks back from at each step of a grid: `base + step * perStep`. */
export interface ReferenceTime {
  baseMs: number;
  /** 0 when fixed by `@`. */
  perStepMs: number;
  firstMs: number;
  lastMs: number;
}

export function referenceTime(
  evaluation: Evaluation,
  grid: Grid,
  selector: { offsetMs: number; at: AtModifier | undefined },
): ReferenceTime {
  const { at, offsetMs } = selector;
  if (at) {
    const { startMs, endMs } = evaluation.options;
    const fixed = (at.kind === 'time' ? at.ms : at.kind === 'start' ? startMs : endMs) - offsetMs;
    return { baseMs: fixed, perStepMs: 0, firstMs: fixed, lastMs: fixed };
  }
  const baseMs = grid.startMs - offsetMs;
  return { baseMs, perStepMs: grid.stepMs, firstMs: baseMs, lastMs: timeAt(grid, grid.count - 1) - offsetMs };
}
