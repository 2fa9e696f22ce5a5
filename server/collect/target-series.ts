import { ExemplarGate, isExemplar } from '#server/decode/exemplar.ts';
import { writeHistogramSample, type HistogramSample } from '#server/decode/histogram-row.ts';
import {
  createSeries,
  writeExemplar,
  writeSample,
  writeSeries,
  writeStaleMarker,
  type Series,
  type SeriesId,
} from '#server/decode/metric-rows.ts';
import { familyOf, type Exposition, type Family, type ParsedExemplar } from '#server/decode/parse-exposition.ts';
import type { ParsedSeries } from '#server/decode/parse-series.ts';
import { RowSink, type RowChunk } from '#server/decode/row-sink.ts';
import { readCreatedTimes, type CreatedTimes } from './created-times.ts';
import { relabel } from './discovery/relabel.ts';
import type { Target } from './discovery/to-target.ts';

/** A living series is announced again this often, so that `last_seen` tells which series a time range may touch. */
const ANNOUNCE_MS = 5 * 60_000;
/** Texts of series are remembered from scrape to scrape; a target that keeps making up new ones must not fill the memory. */
const KNOWN_MAX = 100_000;
/** Other times are mistakes of units or of a clock. */
const TIME_SKEW_MS_MAX = 86_400_000;

export interface MetricRows {
  series: RowChunk[];
  samples: RowChunk[];
  histograms: RowChunk[];
  exemplars: RowChunk[];
}

/** What a scrape found out about the target itself. */
export interface ScrapeReport {
  atMs: number;
  seconds: number;
  /** Undefined when the scrape failed. */
  exposition: Exposition | undefined;
}

/** As Prometheus tells them of each of its targets. */
const OWN_NAMES = [
  'up',
  'scrape_duration_seconds',
  'scrape_samples_scraped',
  'scrape_samples_post_metric_relabeling',
  'scrape_series_added',
] as const;
type OwnName = (typeof OWN_NAMES)[number];

interface Tracked {
  series: Series;
  /** Not kept, for its source has as many as it may. */
  isRefused: boolean;
  family: Family | undefined;
  announcedMs: number;
  seenMs: number;
  /** Its samples are of other times than the scrape's, so a missing one does not say that it ended. */
  hasOwnTimes: boolean;
  /** Of those that have had exemplars. */
  exemplars?: { gate: ExemplarGate; last: string };
}

/** The series of one target: turns each scrape into rows, and says of a series that vanished that it ended. */
export class TargetSeries {
  /** For parseExposition. */
  readonly known = new Map<string, ParsedSeries>();
  readonly #target: Target;
  readonly #refuse: RefuseSeries;
  /** Null is what metric_relabel_configs drop. */
  readonly #tracked = new Map<ParsedSeries, Tracked | null>();
  /** Relabelling may make one series of two. */
  readonly #byId = new Map<string, Tracked>();
  /** Of the last scrape that found something. */
  #scrapedMs = Infinity;
  readonly #own = new Map(OWN_NAMES.map((name) => [name, { name, labels: [] } satisfies ParsedSeries]));

  constructor(target: Target, refuse: RefuseSeries = () => false) {
    this.#target = target;
    this.#refuse = refuse;
  }

  /** Relabels what a scrape found; throws an Error when that is more than the limits of the target, so that the scrape has failed. */
  check({ points, families }: Exposition): void {
    const { limits } = this.#target;
    let samples = 0;
    for (const { series } of points) {
      const tracked = this.#track(series, familyOf(series.name, families));
      if (!tracked) continue;
      samples++;
      // Those that were seen have passed.
      if (tracked.seenMs === -Infinity) checkLabels(tracked.series, limits);
    }
    if (samples > limits.samples)
      throw new Error(`it has ${samples} samples, and its sample_limit is ${limits.samples}`);
  }

  rowsOf({ atMs, seconds, exposition }: ScrapeReport): MetricRows {
    const series = new RowSink();
    const samples = new RowSink();
    const histograms = new RowSink();
    const exemplars = new RowSink();
    let [added, relabelled] = [0, 0];
    const { points, createdMs } = exposition ? readCreatedTimes(exposition, this.#scrapedMs) : NOTHING;
    if (exposition) this.#scrapedMs = atMs;
    for (const { series: parsed, value, timestampMs: given, exemplar, histogram } of points) {
      const timestampMs = this.#target.honorTimestamps ? given : undefined;
      const tracked = this.#track(parsed, familyOf(parsed.name, exposition!.families));
      if (!tracked) continue;
      if (timestampMs !== undefined && Math.abs(timestampMs - atMs) > TIME_SKEW_MS_MAX) continue;
      // The same series twice in one exposition is a fault of the target: the first counts.
      if (tracked.seenMs === atMs) continue;
      relabelled++;
      if (tracked.seenMs === -Infinity) added++;
      tracked.hasOwnTimes = timestampMs !== undefined;
      tracked.seenMs = atMs;
      this.#announce(tracked, atMs, series);
      if (tracked.isRefused) continue;
      const zeroMs = createdMs(parsed) ?? Infinity;
      const wasZero = zeroMs < (timestampMs ?? atMs);
      if (histogram) {
        if (wasZero) writeHistogramSample(histograms, tracked.series, zeroMs, emptyLike(histogram));
        writeHistogramSample(histograms, tracked.series, timestampMs ?? atMs, histogram);
      } else {
        if (wasZero) writeSample(samples, tracked.series, zeroMs, 0);
        writeSample(samples, tracked.series, timestampMs ?? atMs, value);
      }
      if (exemplar) keepExemplar(tracked, exemplar, timestampMs ?? atMs, exemplars);
    }
    const own: Record<OwnName, number> = {
      up: exposition ? 1 : 0,
      scrape_duration_seconds: seconds,
      scrape_samples_scraped: points.length,
      scrape_samples_post_metric_relabeling: relabelled,
      scrape_series_added: added,
    };
    for (const name of OWN_NAMES) {
      const tracked = this.#track(this.#own.get(name)!, OWN_FAMILY)!;
      this.#announce(tracked, atMs, series);
      tracked.seenMs = atMs;
      writeSample(samples, tracked.series, atMs, own[name]);
    }
    this.#endVanished(atMs, samples);
    return {
      series: series.chunks(),
      samples: samples.chunks(),
      histograms: histograms.chunks(),
      exemplars: exemplars.chunks(),
    };
  }

  /** The target is watched no more: all of its series end. */
  end(atMs: number): MetricRows {
    const samples = new RowSink();
    this.#endVanished(atMs, samples);
    return { series: [], samples: samples.chunks(), histograms: [], exemplars: [] };
  }

  /** The announcements of the last scrape were lost: they must be made again. */
  forgetAnnouncements(): void {
    for (const tracked of this.#tracked.values()) if (tracked) tracked.announcedMs = -Infinity;
  }

  #track(parsed: ParsedSeries, family: Family | undefined): Tracked | null {
    let tracked = this.#tracked.get(parsed);
    if (tracked === undefined) {
      tracked = this.#create(parsed, family === OWN_FAMILY);
      this.#tracked.set(parsed, tracked);
    }
    if (tracked) tracked.family = family ?? tracked.family;
    return tracked;
  }

  #create(parsed: ParsedSeries, isOwn: boolean): Tracked | null {
    const { metricRelabels } = this.#target;
    const merged = mergeLabels(parsed.labels, this.#target);
    if (isOwn || metricRelabels.length === 0) return fresh(createSeries(parsed.name, merged));
    const labels = relabel(new Map([...merged, ['__name__', parsed.name]]), metricRelabels);
    const name = labels?.get('__name__');
    if (!labels || !name) return null;
    const series = createSeries(
      name,
      [...labels].filter(([label]) => !label.startsWith('__')),
    );
    const id = `${series.idHi}:${series.idLo}`;
    const tracked = this.#byId.get(id) ?? fresh(series);
    this.#byId.set(id, tracked);
    return tracked;
  }

  #announce(tracked: Tracked, atMs: number, rows: RowSink): void {
    if (tracked.isRefused || atMs - tracked.announcedMs >= ANNOUNCE_MS) {
      tracked.isRefused = this.#refuse(tracked.series, atMs);
    }
    if (tracked.isRefused || atMs - tracked.announcedMs < ANNOUNCE_MS) return;
    tracked.announcedMs = atMs;
    writeSeries(rows, tracked.series, tracked.family, atMs);
  }

  #endVanished(atMs: number, samples: RowSink): void {
    for (const [parsed, tracked] of this.#tracked) {
      if (tracked === null || tracked.seenMs === atMs) continue;
      if (!tracked.hasOwnTimes && !tracked.isRefused && tracked.seenMs > -Infinity) {
        writeStaleMarker(samples, tracked.series, atMs);
      }
      // Once, though two may have become one.
      tracked.seenMs = -Infinity;
      this.#tracked.delete(parsed);
      this.#byId.delete(`${tracked.series.idHi}:${tracked.series.idLo}`);
    }
    if (this.known.size <= KNOWN_MAX) return;
    // Together: what is tracked goes by the objects that `known` hands out.
    this.known.clear();
    this.#tracked.clear();
    this.#byId.clear();
  }
}

function emptyLike(histogram: HistogramSample): HistogramSample {
  return { ...histogram, zeroCount: 0, count: 0, sum: 0, positive: NO_BUCKETS, negative: NO_BUCKETS };
}

const NO_BUCKETS = { offset: 0, counts: [] };

/** A target shows its last exemplar in every scrape until there is another. */
function keepExemplar(tracked: Tracked, { labels, value, timestampMs }: ParsedExemplar, atMs: number, rows: RowSink) {
  if (!isExemplar({ labels, value }) || Math.abs((timestampMs ?? atMs) - atMs) > TIME_SKEW_MS_MAX) return;
  const known = (tracked.exemplars ??= { gate: new ExemplarGate(), last: '' });
  const identity = JSON.stringify([labels, value]);
  if (known.last === identity || !known.gate.admits(timestampMs ?? atMs)) return;
  known.last = identity;
  writeExemplar(rows, tracked.series, { timestampMs: timestampMs ?? atMs, value, labels });
}

const NOTHING = { points: [], createdMs: () => undefined } satisfies CreatedTimes;
function fresh(series: Series): Tracked {
  return {
    series,
    isRefused: false,
    family: undefined,
    announcedMs: -Infinity,
    seenMs: -Infinity,
    hasOwnTimes: false,
  };
}

/** Whether a new series is over the budget of its source; told again while it is. */
export type RefuseSeries = (series: SeriesId, nowMs: number) => boolean;

function checkLabels({ name, labels }: Series, limits: Target['limits']): void {
  const all = [['__name__', name] as const, ...labels];
  const { labels: most, labelNameChars, labelValueChars } = limits;
  if (most > 0 && all.length > most)
    throw new Error(`${name} has ${all.length} labels, and its label_limit is ${most}`);
  for (const [label, value] of all) {
    if (labelNameChars > 0 && label.length > labelNameChars) {
      throw new Error(`${name} has the label ${label}, and its label_name_length_limit is ${labelNameChars}`);
    }
    if (labelValueChars > 0 && value.length > labelValueChars) {
      throw new Error(`${name} has a long value of ${label}, and its label_value_length_limit is ${labelValueChars}`);
    }
  }
}

const OWN_FAMILY: Family = { type: 'gauge', help: '', unit: '' };

/** Labels of the target win, and what the exposition said is kept under another name; the other way round with honor_labels. */
export function mergeLabels(
  exposed: readonly (readonly [string, string])[],
  { labels, honorLabels }: Pick<Target, 'labels' | 'honorLabels'>,
): [string, string][] {
  const merged = new Map(Object.entries(labels));
  for (const [name, value] of exposed) {
    let key = name;
    if (!honorLabels) while (key in labels) key = `exported_${key}`;
    merged.set(key, value);
  }
  return [...merged];
}
