import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DecodeError } from '#server/decode/decode-error.ts';
import { uncompressSnappy } from '#server/decode/snappy.ts';
import { samplesOf } from '../evaluate/evaluation.ts';
import type { RawSeries } from '../evaluate/values.ts';
import { LIMITS_DEFAULT } from '../query.ts';
import { PromqlError } from '../promql-error.ts';
import { QueryGate } from '../query-gate.ts';
import { decodeReadRequest, type ReadQuery } from '../remote-read/decode-read-request.ts';
import { encodeReadResponse } from '../remote-read/encode-read-response.ts';
import type { ApiContext } from './endpoint.ts';
import { signalOfCaller } from './read-request.ts';
import { statusOf } from './send-answer.ts';

export const REMOTE_READ_PATH = '/api/v1/read';

const BODY_BYTES_MAX = 1024 ** 2;
/** Of one answer, which is in memory whole: 45 MB. */
const SAMPLES_MAX = 2_500_000;
/** Reads are large: two at a time leave the console its memory. */
const gate = new QueryGate(2);

/**
 * `/api/v1/read`: Prometheus's remote read, with samples as they are and not yet as chunks. Failures are plain text, as upstream.
 */
export async function answerRemoteRead(
  context: ApiContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const signal = signalOfCaller(response);
  try {
    if (request.method !== 'POST') {
      response.writeHead(405, { allow: 'POST' });
      return void response.end('Method Not Allowed');
    }
    const asked = decodeReadRequest(uncompressSnappy(await readBody(request), BODY_BYTES_MAX));
    if (!asked.takesSamples)
      throw new PromqlError('bad_data', 'none of the requested response types are supported: only SAMPLES is');
    const limits = { ...LIMITS_DEFAULT, ...context.limits };
    await gate.run(limits.timeoutMs, signal, async () => {
      const results = await readAll(context, asked.queries, limits.timeoutMs, signal);
      response.writeHead(200, { 'content-type': 'application/x-protobuf', 'content-encoding': 'snappy' });
      await pipeline(Readable.from(encodeReadResponse(results)), response);
    });
  } catch (cause) {
    // The caller left: nobody is there to be told.
    if (response.destroyed) return;
    if (response.headersSent) return void response.destroy();
    const status = refusalOf(cause);
    if (status === undefined) throw cause;
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(`${(cause as Error).message}\n`);
  }
}

async function readAll(
  { source, limits }: ApiContext,
  queries: ReadQuery[],
  timeoutMs: number,
  signal: AbortSignal,
): Promise<RawSeries[][]> {
  const until = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  const results: RawSeries[][] = [];
  let samplesMax = Math.min(SAMPLES_MAX, limits.samplesMax ?? SAMPLES_MAX);
  const seriesMax = limits.seriesMax ?? LIMITS_DEFAULT.seriesMax;
  for (const { matchers, startMs, endMs } of queries) {
    const window = { matchers, afterMs: startMs - 1, untilMs: endMs, samplesMax, seriesMax, timeoutMs, signal: until };
    const series = await source.read(window);
    samplesMax -= series.reduce((sum, one) => sum + samplesOf(one), 0);
    results.push(series);
  }
  return results;
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) throw new DecodeError('The body is over 1 MiB: ask for fewer matchers', 'too_large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function refusalOf(cause: unknown): number | undefined {
  if (cause instanceof DecodeError) return cause.kind === 'too_large' ? 413 : 400;
  if (cause instanceof PromqlError) return cause.kind === 'execution' ? 400 : statusOf(cause.kind);
  return undefined;
}
