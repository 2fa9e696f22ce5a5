import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Matcher, Position } from '../ast.ts';
import { lineAndColumn, PromqlError } from '../promql-error.ts';
import { weightOf } from '../histogram/histogram.ts';
import type { ArrivalsHeard } from '../results/arrivals.ts';
import type { ResultCache } from '../results/result-cache.ts';
import type { RawSeries } from './values.ts';

/** Where samples come from. */
export interface SampleSource {
  /** The series that match, sorted by labels, with their samples after `afterMs` (exclusive) until `untilMs` (inclusive). */
  read: (window: SampleWindow) => Promise<RawSeries[]>;
  /** What ranges of queries gave before. */
  results?: ResultCache | undefined;
}

export interface SampleWindow {
  matchers: Matcher[];
  afterMs: number;
  untilMs: number;
  samplesMax: number;
  seriesMax: number;
  timeoutMs: number;
  signal: AbortSignal;
  /** Is told what came in, by each read of the store that the window needs. */
  arrivals?: ArrivalsHeard | undefined;
}

export interface Limits {
  /** Of samples held at a time, and of the values of any one step of the work. */
  samplesMax: number;
  /** That one selector may match. */
  seriesMax: number;
  timeoutMs: number;
}

export interface EvaluationOptions {
  query: string;
  source: SampleSource;
  /** Of the whole query: what `@ start()` and `@ end()` mean. */
  startMs: number;
  endMs: number;
  stepMs: number;
  lookbackMs: number;
  /** Of subqueries that name none. */
  subqueryStepMs: number;
  limits: Limits;
  signal?: AbortSignal | undefined;
}

/** How long the work may keep other requests of this process waiting. */
const TURN_MS = 12;

/** What one query may use, and what it has to say beside its result. */
export class Evaluation {
  readonly options: EvaluationOptions;
  readonly warnings: Set<string>;
  readonly infos: Set<string>;
  readonly #whole: Evaluation | undefined;
  /** By all pieces. */
  samplesRead = 0;
  #samplesHeld = 0;
  #arrivals: ArrivalsHeard | undefined;
  readonly #deadline: number;
  readonly #timeout: AbortSignal;
  readonly #reads = new Map<string, Promise<RawSeries[]>>();
  #turnStarted = performance.now();

  constructor(options: EvaluationOptions, whole?: Evaluation) {
    this.options = options;
    this.warnings = whole?.warnings ?? new Set();
    this.infos = whole?.infos ?? new Set();
    this.#whole = whole;
    this.#deadline = whole ? whole.#deadline : performance.now() + options.limits.timeoutMs;
    this.#timeout = whole ? whole.#timeout : AbortSignal.timeout(options.limits.timeoutMs);
  }

  /** The same query and time, with room of its own for samples: what it holds goes with it. */
  forPiece(): Evaluation {
    return new Evaluation(this.options, this);
  }

  get samplesMax(): number {
    return this.options.limits.samplesMax;
  }

  /** From now on all reads, of pieces too, say what came in. */
  listen(arrivals: ArrivalsHeard): void {
    this.#arrivals = arrivals;
  }

  /** Two selectors of a query that ask the same are one question to the store. */
  read(matchers: Matcher[], afterMs: number, untilMs: number): Promise<RawSeries[]> {
    const key = JSON.stringify([matchers, afterMs, untilMs]);
    const asked = this.#reads.get(key) ?? this.#read(matchers, afterMs, untilMs);
    this.#reads.set(key, asked);
    return asked;
  }

  /** Ends when the caller leaves or the time is over. */
  get signal(): AbortSignal {
    const { signal } = this.options;
    return signal ? AbortSignal.any([signal, this.#timeout]) : this.#timeout;
  }

  async #read(matchers: Matcher[], afterMs: number, untilMs: number): Promise<RawSeries[]> {
    const { source, limits } = this.options;
    const timeoutMs = Math.max(1, this.#deadline - performance.now());
    const samplesMax = limits.samplesMax - this.#samplesHeld;
    const window = { matchers, afterMs, untilMs, samplesMax, seriesMax: limits.seriesMax, timeoutMs };
    try {
      const series = await source.read({
        ...window,
        signal: this.signal,
        arrivals: (this.#whole ?? this).#arrivals,
      });
      const samples = series.reduce((sum, one) => sum + samplesOf(one), 0);
      this.#samplesHeld += samples;
      (this.#whole ?? this).samplesRead += samples;
      this.checkSize(this.#samplesHeld);
      return series;
    } catch (cause) {
      this.#checkTime();
      throw cause;
    }
  }

  /** Refuses what would not fit into memory before it is made. */
  checkSize(samples: number): void {
    if (samples > this.options.limits.samplesMax) throw tooManySamples();
  }

  /** To be awaited between pieces of work: ends a query that nobody waits for, and lets others have their turn. */
  async breathe(): Promise<void> {
    this.#checkTime();
    if (performance.now() - this.#turnStarted < TURN_MS) return;
    await nextTurn();
    this.#turnStarted = performance.now();
    this.#checkTime();
  }

  #checkTime(): void {
    if (this.options.signal?.aborted) throw new PromqlError('canceled', 'query was canceled in query execution');
    if (this.#timeout.aborted || performance.now() > this.#deadline)
      throw new PromqlError('timeout', 'query timed out in query execution');
  }

  /** All that was said so far, to be said again by `recall` in another evaluation of the same text. */
  get notes(): string[] {
    return [...this.warnings, ...this.infos];
  }

  recall(notes: string[]): void {
    for (const note of notes) (note.startsWith(WARNING) ? this.warnings : this.infos).add(note);
  }

  warn(text: string, position: Position): void {
    this.warnings.add(`${WARNING}${text} (${lineAndColumn(this.options.query, position.start)})`);
  }

  inform(text: string, position: Position): void {
    this.infos.add(`PromQL info: ${text} (${lineAndColumn(this.options.query, position.start)})`);
  }
}

/** A histogram counts as so many samples as it weighs. */
export function samplesOf({ timestamps, histograms }: RawSeries): number {
  return histograms
    ? histograms.values.reduce((sum, one) => sum + weightOf(one), timestamps.length)
    : timestamps.length;
}

const WARNING = 'PromQL warning: ';
const TOO_MANY_SAMPLES = 'query processing would load too many samples into memory in query execution';

export function tooManySamples(): PromqlError {
  return new PromqlError('execution', TOO_MANY_SAMPLES);
}

export function isTooManySamples(cause: unknown): boolean {
  return cause instanceof PromqlError && cause.message === TOO_MANY_SAMPLES;
}
