import { ExemplarGate, isExemplar } from '#server/decode/exemplar.ts';
import {
  createSeries,
  writeExemplar,
  writeSample,
  writeSeries,
  writeStaleMarker,
  type Series,
} from '#server/decode/metric-rows.ts';
import { familyOf, type Exposition, type Family, type ParsedExemplar } from '#server/decode/parse-exposition.ts';
import type { ParsedSeries } from '#server/decode/parse-series.ts';
import { RowSink, type RowChunk } from '#server/decode/row-sink.ts';
import { readCreatedTimes, type CreatedTimes } from './created-times.ts';
import type { Target } from './targets-file.ts';

/** A living series is announced again this often, so that `last_seen` tells which series a time range may touch. */
const ANNOUNCE_MS = 5 * 60_000;
/** Texts of series are remembered from scrape to scrape; a target that keeps making up new ones must not fill the memory. */
const KNOWN_MAX = 100_000;
/** Other times are mistakes of units or of a clock. */
const TIME_SKEW_MS_MAX = 86_400_000;

export interface MetricRows {
  series: RowChunk[];
  samples: RowChunk[];
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
  readonly #tracked = new Map<ParsedSeries, Tracked>();
  /** Of the last scrape that found something. */
  #scrapedMs = Infinity;
  readonly #own = new Map(OWN_NAMES.map((name) => [name, { name, labels: [] } satisfies ParsedSeries]));

  constructor(target: Target) {
    this.#target = target;
  }

  rowsOf({ atMs, seconds, exposition }: ScrapeReport): MetricRows {
    const series = new RowSink();
    const samples = new RowSink();
    const exemplars = new RowSink();
    const seriesBefore = this.#tracked.size;
    let kept = 0;
    const { points, createdMs } = exposition ? readCreatedTimes(exposition, this.#scrapedMs) : NOTHING;
    if (exposition) this.#scrapedMs = atMs;
    for (const { series: parsed, value, timestampMs: given, exemplar } of points) {
      const timestampMs = this.#target.honorTimestamps ? given : undefined;
      if (timestampMs !== undefined && Math.abs(timestampMs - atMs) > TIME_SKEW_MS_MAX) continue;
      const tracked = this.#track(parsed, familyOf(parsed.name, exposition!.families));
      // The same series twice in one exposition is a fault of the target: the first counts.
      if (tracked.seenMs === atMs) continue;
      tracked.hasOwnTimes = timestampMs !== undefined;
      this.#announce(tracked, atMs, series);
      tracked.seenMs = atMs;
      const zeroMs = createdMs(parsed) ?? Infinity;
      if (zeroMs < (timestampMs ?? atMs)) writeSample(samples, tracked.series, zeroMs, 0);
      writeSample(samples, tracked.series, timestampMs ?? atMs, value);
      if (exemplar) keepExemplar(tracked, exemplar, timestampMs ?? atMs, exemplars);
      kept++;
    }
    const own: Record<OwnName, number> = {
      up: exposition ? 1 : 0,
      scrape_duration_seconds: seconds,
      scrape_samples_scraped: points.length,
      scrape_samples_post_metric_relabeling: kept,
      scrape_series_added: this.#tracked.size - seriesBefore,
    };
    for (const name of OWN_NAMES) {
      const tracked = this.#track(this.#own.get(name)!, OWN_FAMILY);
      this.#announce(tracked, atMs, series);
      tracked.seenMs = atMs;
      writeSample(samples, tracked.series, atMs, own[name]);
    }
    this.#endVanished(atMs, samples);
    return { series: series.chunks(), samples: samples.chunks(), exemplars: exemplars.chunks() };
  }

  /** The target is watched no more: all of its series end. */
  end(atMs: number): MetricRows {
    const samples = new RowSink();
    this.#endVanished(atMs, samples);
    return { series: [], samples: samples.chunks(), exemplars: [] };
  }

  /** The announcements of the last scrape were lost: they must be made again. */
  forgetAnnouncements(): void {
    for (const tracked of this.#tracked.values()) tracked.announcedMs = -Infinity;
  }

  #track(parsed: ParsedSeries, family: Family | undefined): Tracked {
    let tracked = this.#tracked.get(parsed);
    if (!tracked) {
      const labels = mergeLabels(parsed.labels, this.#target);
      const series = createSeries(parsed.name, labels);
      tracked = { series, family, announcedMs: -Infinity, seenMs: -Infinity, hasOwnTimes: false };
      this.#tracked.set(parsed, tracked);
    }
    tracked.family = family ?? tracked.family;
    return tracked;
  }

  #announce(tracked: Tracked, atMs: number, rows: RowSink): void {
    if (atMs - tracked.announcedMs < ANNOUNCE_MS) return;
    tracked.announcedMs = atMs;
    writeSeries(rows, tracked.series, tracked.family, atMs);
  }

  #endVanished(atMs: number, samples: RowSink): void {
    for (const [parsed, tracked] of this.#tracked) {
      if (tracked.seenMs === atMs) continue;
      if (!tracked.hasOwnTimes) writeStaleMarker(samples, tracked.series, atMs);
      this.#tracked.delete(parsed);
    }
    if (this.known.size <= KNOWN_MAX) return;
    // Together: what is tracked goes by the objects that `known` hands out.
    this.known.clear();
    this.#tracked.clear();
  }
}

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
