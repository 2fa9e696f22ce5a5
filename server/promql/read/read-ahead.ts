import type { Store } from '#server/store/client.ts';
import type { Matcher } from '../ast.ts';
import { tooManySamples, type SampleWindow } from '../evaluate/evaluation.ts';
import type { RawSeries } from '../evaluate/values.ts';
import { METRIC_NAME, type Labels } from '../labels/labels.ts';
import { compileMatcher } from '../labels/matches-value.ts';
import { identify } from './identify.ts';
import { readSamples, readSeries, tooManySeries, type SelectorsWindow } from './read-store.ts';

/** What lies further back is not worth reading for other selectors' sake, and may lie in memory. */
const REACH_MS_MAX = 15 * 60_000;
/** Names and texts of matchers travel in the head of a request. */
const TEXT_MAX = 4_000;
/** Of series whose labels are remembered; an id never means other labels. */
const KNOWN_MAX = 100_000;

type Reader = (window: SampleWindow) => RawSeries[] | undefined;

/**
 * Reads what many short windows of about the same time hold with one statement: a question costs the store much the same whether
 * it asks for one selector or for twenty. Answers what a window holds, or undefined where that was not read.
 */
export async function readAhead(
  store: Store,
  windows: readonly SampleWindow[],
  known: Map<bigint, Labels>,
): Promise<Reader> {
  const newestMs = Math.max(...windows.map(({ untilMs }) => untilMs));
  const near = windows.filter(
    ({ matchers, afterMs }) => newestMs - afterMs <= REACH_MS_MAX && metricOf(matchers) !== undefined,
  );
  const afterMs = Math.min(...near.map((window) => window.afterMs));
  const untilMs = Math.max(...near.map((window) => window.untilMs));
  const found = new Map<string, SeriesByMetric>();
  const readPortion = async (portion: Portion) => {
    const window = { ...near[0]!, matcherSets: [...portion.values()], afterMs, untilMs };
    const series = await readSelectors(store, window, known);
    for (const key of portion.keys()) found.set(key, series);
  };
  // Who finds nothing here asks the store by himself, and hears what is wrong.
  await Promise.allSettled(portionsOf(near).map(readPortion));
  return (asked) => {
    const series = asked.afterMs >= afterMs && asked.untilMs <= untilMs ? found.get(keyOf(asked)) : undefined;
    return series && find(series.get(metricOf(asked.matchers)!) ?? [], asked);
  };
}

/** Selectors that fit into one statement, by their texts. */
type Portion = Map<string, Matcher[]>;

function portionsOf(windows: readonly SampleWindow[]): Portion[] {
  const portions: Portion[] = [];
  let room = 0;
  for (const [key, matchers] of new Map(windows.map((window) => [keyOf(window), window.matchers]))) {
    if (key.length > room) {
      portions.push(new Map());
      room = TEXT_MAX;
    }
    room -= key.length;
    portions.at(-1)!.set(key, matchers);
  }
  return portions;
}

type SeriesByMetric = Map<string, RawSeries[]>;

async function readSelectors(
  store: Store,
  window: SelectorsWindow,
  known: Map<bigint, Labels>,
): Promise<SeriesByMetric> {
  const read = await readSamples(store, window, [Infinity]);
  if (read.runs.some(({ id }) => !known.has(id))) {
    if (known.size > KNOWN_MAX) known.clear();
    for (const [id, labels] of await readSeries(store, window)) known.set(id, labels);
  }
  const series = identify(read, (id) => known.get(id)).map((one) => one.series);
  return Map.groupBy(series, ({ labels }) => labels.get(METRIC_NAME));
}

function find(series: readonly RawSeries[], window: SampleWindow): RawSeries[] {
  const { matchers, afterMs, untilMs, seriesMax, samplesMax } = window;
  const tests = matchers.map((matcher) => ({ name: matcher.name, fits: compileMatcher(matcher) }));
  const found = series
    .filter(({ labels }) => tests.every(({ name, fits }) => fits(labels.get(name))))
    .map((one) => cut(one, afterMs, untilMs))
    .filter(({ values }) => values.length > 0)
    .toSorted((a, b) => a.labels.compare(b.labels));
  if (found.length > seriesMax) throw tooManySeries(seriesMax);
  if (found.reduce((sum, { values }) => sum + values.length, 0) > samplesMax) throw tooManySamples();
  return found;
}

function cut({ labels, timestamps, values, stale }: RawSeries, afterMs: number, untilMs: number): RawSeries {
  let from = 0;
  while (from < timestamps.length && timestamps[from]! <= afterMs) from++;
  let until = timestamps.length;
  while (until > from && timestamps[until - 1]! > untilMs) until--;
  return {
    labels,
    timestamps: timestamps.subarray(from, until),
    values: values.subarray(from, until),
    stale: stale?.subarray(from, until),
  };
}

function metricOf(matchers: readonly Matcher[]): string | undefined {
  return matchers.find(({ name, op }) => name === METRIC_NAME && op === '=')?.value;
}

function keyOf({ matchers }: SampleWindow): string {
  return JSON.stringify(matchers);
}
