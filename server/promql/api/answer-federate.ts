import type { IncomingMessage, ServerResponse } from 'node:http';
import { LIMITS_DEFAULT, LOOKBACK_MS } from '../query.ts';
import type { RawSeries } from '../evaluate/values.ts';
import type { Histogram } from '../histogram/histogram.ts';
import { METRIC_NAME, type Labels } from '../labels/labels.ts';
import { formatFloat } from '../print/format-float.ts';
import { PromqlError } from '../promql-error.ts';
import type { ApiContext } from './endpoint.ts';
import { parseSelectors } from './parse-params.ts';
import { readParams, signalOfCaller } from './read-request.ts';
import { sendPieces, statusOf } from './send-answer.ts';

export const FEDERATE_PATH = '/federate';

/**
 * `/federate`: the newest sample of each series that any `match[]` selects, with its own time, for a Prometheus that scrapes us.
 * Failures are plain text, as upstream.
 */
export async function answerFederate(
  context: ApiContext,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const signal = signalOfCaller(response);
  try {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET' });
      return void response.end('Method Not Allowed');
    }
    const newest = await readNewest(context, await readParams(request, url), signal);
    await sendPieces(request, response, encodeNewest(newest), 'text/plain; version=0.0.4; charset=utf-8');
  } catch (cause) {
    if (!(cause instanceof PromqlError)) throw cause;
    response.writeHead(statusOf(cause.kind), { 'content-type': 'text/plain; charset=utf-8' });
    response.end(`${cause.message}\n`);
  }
}

interface Newest {
  labels: Labels;
  timeMs: number;
  value: number;
  histogram?: Histogram | undefined;
}

async function readNewest(context: ApiContext, params: URLSearchParams, signal: AbortSignal): Promise<Newest[]> {
  const { source, gate, now } = context;
  const limits = { ...LIMITS_DEFAULT, ...context.limits };
  const untilMs = now().getTime();
  const found = new Map<string, Newest>();
  for (const matchers of parseSelectors(params)) {
    const window = { matchers, afterMs: untilMs - LOOKBACK_MS, untilMs, ...limits, signal };
    const series = await gate.run(limits.timeoutMs, signal, () => source.read(window));
    for (const one of series) {
      const newest = newestOf(one);
      if (newest) found.set(one.labels.key, newest);
    }
  }
  return [...found.values()].toSorted((a, b) => a.labels.compare(b.labels));
}

/** Undefined for a series that has ended. */
function newestOf({ labels, timestamps, values, stale, histograms }: RawSeries): Newest | undefined {
  const last = values.length - 1;
  const timeMs = timestamps[last] ?? -Infinity;
  const histogramMs = histograms?.timestamps.at(-1) ?? -Infinity;
  if (histogramMs > timeMs) return { labels, timeMs: histogramMs, value: NaN, histogram: histograms!.values.at(-1)! };
  return stale?.[last] === 1 ? undefined : { labels, timeMs, value: values[last]! };
}

/**
 * Types are not known of what is federated: upstream calls all of it untyped. Of native histograms this format can tell the
 * count and the sum only, as upstream's does.
 */
function* encodeNewest(newest: Newest[]): Generator<string> {
  let family = '';
  for (const { labels, timeMs, value, histogram } of newest) {
    const name = labels.get(METRIC_NAME);
    if (name === '') continue;
    const type = histogram ? 'histogram' : 'untyped';
    if (`${name} ${type}` !== family) yield `# TYPE ${quoted(name)} ${type}\n`;
    family = `${name} ${type}`;
    const pairs = labels.entries().filter(([label]) => label !== METRIC_NAME);
    // So that the scraper does not take a series that has no instance for one of ours.
    if (labels.get('instance') === '') pairs.push(['instance', '']);
    if (!histogram) yield line(name, pairs, value, timeMs);
    else {
      const { count, sum } = histogram;
      yield line(`${name}_bucket`, [...pairs, ['le', '+Inf']], count, timeMs);
      yield line(`${name}_sum`, pairs, sum, timeMs) + line(`${name}_count`, pairs, count, timeMs);
    }
  }
}

function line(name: string, pairs: [string, string][], value: number, timeMs: number): string {
  const inner = pairs.map(([label, text]) => `${quoted(label)}="${escape(text)}"`);
  const series = LEGACY_NAME.test(name) ? `${name}{${inner.join(',')}}` : `{${[quoted(name), ...inner].join(',')}}`;
  return `${series} ${formatFloat(value, 'g')} ${timeMs}\n`;
}

const LEGACY_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;

function quoted(name: string): string {
  return LEGACY_NAME.test(name) ? name : `"${escape(name)}"`;
}

function escape(text: string): string {
  return text.replace(/[\\"\n]/g, (character) => (character === '\n' ? '\\n' : `\\${character}`));
}
