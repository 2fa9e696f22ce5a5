import { ActiveKeys } from './active-keys.ts';

export interface IngestLimits {
  /** Sources with budgets of their own; further ones share one. */
  sources: number;
  /** Of a service that pushes. */
  seriesPerSource: number;
  /** Of a scrape job, or of a sender of remote write, who speak for many. */
  seriesPerJob: number;
  /** Of all sources together. */
  series: number;
  labelsPerSeries: number;
  labelValueBytes: number;
  attributesPerRecord: number;
  attributeValueBytes: number;
  attributeKeysPerSource: number;
}

export const DEFAULT_LIMITS: IngestLimits = {
  sources: 1_000,
  seriesPerSource: 20_000,
  seriesPerJob: 500_000,
  series: 1_000_000,
  labelsPerSeries: 64,
  labelValueBytes: 4_096,
  attributesPerRecord: 256,
  attributeValueBytes: 256 * 1024,
  attributeKeysPerSource: 2_000,
};

/** Whose budget is used when there are more sources than have one. */
export const OTHER_SOURCES = 'other sources';
/** A series or key that was not seen for one to two times this long makes room for others. */
const IDLE_MS = 15 * 60_000;
/** As SDKs name themselves at most; a longer name is cut in counters. */
const NAME_CHARS_MAX = 120;

/** What one source has in use of what it may use. */
export class SourceBudget {
  readonly name: string;
  readonly series: ActiveKeys;
  readonly attributeKeys: ActiveKeys;
  seenMs = 0;
  readonly #limits: IngestLimits;

  constructor(name: string, limits: IngestLimits, all: { weight: number }) {
    this.name = name;
    this.#limits = limits;
    this.series = new ActiveKeys(IDLE_MS, all);
    this.attributeKeys = new ActiveKeys(IDLE_MS);
  }

  /** Why a stream of `weight` series may not be kept, if so. */
  refuseSeries(lo: number, hi: number, weight: number, nowMs: number, isJob = false): string | undefined {
    const { seriesPerSource, seriesPerJob, series: shared } = this.#limits;
    const own = isJob ? seriesPerJob : seriesPerSource;
    if (this.series.admit(lo, hi, Math.min(weight, 0xffff), { own, shared }, nowMs)) return undefined;
    return this.series.weight + weight > own
      ? `over the ${own} active series of one source (INGEST_MAX_SERIES_PER_${isJob ? 'JOB' : 'SOURCE'})`
      : `over the ${shared} active series of all sources (INGEST_MAX_SERIES)`;
  }

  refuseKey(lo: number, hi: number, nowMs: number): string | undefined {
    const own = this.#limits.attributeKeysPerSource;
    if (this.attributeKeys.admit(lo, hi, 1, { own, shared: Infinity }, nowMs)) return undefined;
    return `over the ${own} attribute names of one source (INGEST_MAX_ATTRIBUTE_KEYS_PER_SOURCE)`;
  }
}

/** The budgets of all sources. Who makes up names of sources to get more of them ends up in the one that is shared. */
export class Budgets {
  readonly limits: IngestLimits;
  readonly #all = { weight: 0 };
  /** Those seen last are last. */
  readonly #sources = new Map<string, SourceBudget>();
  readonly #others: SourceBudget;

  constructor(limits: Partial<IngestLimits> = {}) {
    this.limits = { ...DEFAULT_LIMITS, ...limits };
    this.#others = new SourceBudget(OTHER_SOURCES, this.limits, this.#all);
  }

  /** Active series of all sources. */
  get series(): number {
    return this.#all.weight;
  }

  get sources(): number {
    return this.#sources.size;
  }

  of(given: string, nowMs: number): SourceBudget {
    const name = given.slice(0, NAME_CHARS_MAX);
    let budget = this.#sources.get(name);
    if (!budget) {
      if (this.#sources.size >= this.limits.sources && !this.#dropIdle(nowMs)) return this.#others;
      budget = new SourceBudget(name, this.limits, this.#all);
    } else if (nowMs - budget.seenMs < TOUCH_MS) return budget;
    budget.seenMs = nowMs;
    this.#sources.delete(name);
    this.#sources.set(name, budget);
    return budget;
  }

  #dropIdle(nowMs: number): boolean {
    const [oldest] = this.#sources.values();
    if (!oldest || nowMs - oldest.seenMs < 2 * IDLE_MS) return false;
    oldest.series.release();
    this.#sources.delete(oldest.name);
    return true;
  }
}

const TOUCH_MS = 60_000;
