import { AppError } from '#server/errors.ts';
import type { Store } from '#server/store/client.ts';
import type { Matcher } from '../ast.ts';
import { tooManySamples, type SampleWindow } from '../evaluate/evaluation.ts';
import type { RawSeries } from '../evaluate/values.ts';
import { METRIC_NAME, type Labels } from '../labels/labels.ts';
import { compileMatcher } from '../labels/matches-value.ts';
import { PromqlError } from '../promql-error.ts';
import { identify } from './identify.ts';
import { readSamples, readSeries, tooManySeries } from './read-store.ts';

/** Longer windows hold more than is worth reading for another selector's sake, and may lie in memory. */
const WINDOW_MS_MAX = 15 * 60_000;
/** Names and texts of matchers travel in the head of a request. */
const TEXT_MAX = 4_000;
/** Of series whose labels are remembered; an id never means other labels. */
const KNOWN_MAX = 100_000;

type Reader = (window: SampleWindow) => RawSeries[] | undefined;

/**
 * Reads what many short windows hold with one statement: a question costs the store much the same whether it asks for one
 * selector or for twenty. Answers what a window holds, or undefined where that was not read.
 */
export async function readAhead(
  store: Store,
  windows: readonly SampleWindow[],
  known: Map<bigint, Labels>,
): Promise<Reader> {
  const batches = batchesOf(windows.filter(({ afterMs, untilMs }) => untilMs - afterMs <= WINDOW_MS_MAX));
  const readers = await Promise.all(batches.map((batch) => readBatch(store, batch, known).catch(leaveToOthers)));
  return (window) => {
    for (const reader of readers) {
      const found = reader(window);
      if (found) return found;
    }
    return undefined;
  };
}

/** Who finds nothing here asks the store by himself, and hears what is wrong. */
function leaveToOthers(error: unknown): Reader {
  if (error instanceof AppError || error instanceof PromqlError) return () => undefined;
  throw error;
}

/** Windows of different selectors, by the text of their matchers. */
type Batch = Map<string, SampleWindow>;

function batchesOf(windows: readonly SampleWindow[]): Batch[] {
  const batches: Batch[] = [];
  let room = 0;
  for (const window of windows) {
    if (metricOf(window.matchers) === undefined) continue;
    const key = keyOf(window);
    const batch = batches.find((each) => each.has(key)) ?? (key.length > room ? new Map() : batches.at(-1)!);
    if (!batches.includes(batch)) {
      batches.push(batch);
      room = TEXT_MAX;
    }
    const same = batch.get(key);
    if (!same) room -= key.length;
    batch.set(key, same ? wider(same, window) : window);
  }
  return batches;
}

function wider(a: SampleWindow, b: SampleWindow): SampleWindow {
  return { ...a, afterMs: Math.min(a.afterMs, b.afterMs), untilMs: Math.max(a.untilMs, b.untilMs) };
}

async function readBatch(store: Store, batch: Batch, known: Map<bigint, Labels>): Promise<Reader> {
  const windows = [...batch.values()];
  const [{ samplesMax, seriesMax, timeoutMs }] = windows as [SampleWindow];
  const window = {
    matcherSets: windows.map(({ matchers }) => matchers),
    afterMs: Math.min(...windows.map(({ afterMs }) => afterMs)),
    untilMs: Math.max(...windows.map(({ untilMs }) => untilMs)),
    samplesMax,
    seriesMax,
    timeoutMs,
    signal: AbortSignal.timeout(Math.ceil(timeoutMs)),
  };
  const read = await readSamples(store, window, Infinity);
  if (read.runs.some(({ id }) => !known.has(id))) {
    if (known.size > KNOWN_MAX) known.clear();
    for (const [id, labels] of await readSeries(store, window)) known.set(id, labels);
  }
  const byMetric = Map.groupBy(
    identify(read, (id) => known.get(id)).map(({ series }) => series),
    ({ labels }) => labels.get(METRIC_NAME),
  );
  return (asked) => {
    const inside = batch.has(keyOf(asked)) && asked.afterMs >= window.afterMs && asked.untilMs <= window.untilMs;
    return inside ? find(byMetric.get(metricOf(asked.matchers)!) ?? [], asked) : undefined;
  };
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
