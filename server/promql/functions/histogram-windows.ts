import type { MatrixSelector, Position, Subquery } from '../ast.ts';
import { INCOMPATIBLE } from '../evaluate/aggregate-histograms.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import type { Histogram } from '../histogram/histogram.ts';
import type { Incompatible } from '../histogram/reconcile.ts';
import type { RangeFunction, Window } from './range-functions.ts';

/** The samples of one series that one step sees where some of the series are histograms: either part may be empty, not both. */
export interface MixedWindow {
  floats: Window;
  times: Float64Array;
  histograms: Histogram[];
  from: number;
  until: number;
}

/** Tells the query of what a function of a range makes of histograms, in Prometheus's words. */
export class RangeNotes {
  readonly #evaluation: Evaluation;
  readonly #name: string;
  readonly #position: Position;

  constructor(evaluation: Evaluation, name: string, { position }: MatrixSelector | Subquery) {
    this.#evaluation = evaluation;
    this.#name = JSON.stringify(name);
    this.#position = position;
  }

  mixed(): void {
    this.#evaluation.warn(`encountered a mix of histograms and floats for metric name ${this.#name}`, this.#position);
  }

  isNo(what: 'counter' | 'gauge'): void {
    this.#evaluation.warn(`this native histogram metric is not a ${what}: ${this.#name}`, this.#position);
  }

  incompatible(why: Incompatible): void {
    this.#evaluation.warn(`${INCOMPATIBLE[why]} for metric name ${this.#name}`, this.#position);
  }

  ignored(): void {
    const reason = 'ignored histograms in a range containing both floats and histograms for metric name';
    this.#evaluation.inform(`${reason} ${this.#name}`, this.#position);
  }
}

export type MixedFunction = (window: MixedWindow, notes: RangeNotes) => number | Histogram | undefined;

/** What a function of floats makes of a mixed range: it leaves the histograms out, and says so. */
export function floatsOnly(compute: RangeFunction): MixedFunction {
  return ({ floats, from, until }, notes) => {
    if (floats.from === floats.until) return undefined;
    if (from < until) notes.ignored();
    return compute(floats);
  };
}
