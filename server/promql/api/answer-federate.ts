import type { IncomingMessage, ServerResponse } from 'node:http';
import { LIMITS_DEFAULT, LOOKBACK_MS } from '../query.ts';
import type { RawSeries } from '../evaluate/values.ts';
import { PromqlError } from '../promql-error.ts';
import { encodeNewestAsProto, PROTOBUF_TYPE } from './encode-newest-proto.ts';
import { encodeNewest, type Newest } from './encode-newest.ts';
import type { ApiContext } from './endpoint.ts';
import { parseSelectors } from './parse-params.ts';
import { readParams, signalOfCaller } from './read-request.ts';
import { sendChunks, sendPieces, statusOf } from './send-answer.ts';

export const FEDERATE_PATH = '/federate';

/**
 * `/federate`: the newest sample of each series that any `match[]` selects, with its own time, for a Prometheus that scrapes us;
 * as text, or as protobuf where that is asked for.
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
    if (takesProtobuf(request.headers.accept ?? ''))
      await sendChunks(request, response, encodeNewestAsProto(newest), PROTOBUF_TYPE);
    else await sendPieces(request, response, encodeNewest(newest), 'text/plain; version=0.0.4; charset=utf-8');
  } catch (cause) {
    if (!(cause instanceof PromqlError)) throw cause;
    response.writeHead(statusOf(cause.kind), { 'content-type': 'text/plain; charset=utf-8' });
    response.end(`${cause.message}\n`);
  }
}

/** Of the two forms that we have the one that is asked for most, as upstream chooses; text where neither is. */
function takesProtobuf(accept: string): boolean {
  const kinds = accept.split(',').map((text) => {
    const [type, ...params] = text.split(';').map((part) => part.trim());
    return { type, params: new Map(params.map((param) => param.split('=') as [string, string])) };
  });
  const byWish = kinds.toSorted((a, b) => Number(b.params.get('q') ?? 1) - Number(a.params.get('q') ?? 1));
  const chosen = byWish.find(({ type, params }) =>
    type === 'application/vnd.google.protobuf'
      ? params.get('proto') === 'io.prometheus.client.MetricFamily' && params.get('encoding') === 'delimited'
      : type === 'text/plain' && ['0.0.4', undefined].includes(params.get('version')),
  );
  return chosen !== undefined && chosen.type !== 'text/plain';
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
