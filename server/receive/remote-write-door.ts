import type { IncomingMessage, ServerResponse } from 'node:http';
import { decodeRemoteWrite, type DecodedWrite, type WriteMemory } from '#server/decode/decode-remote-write.ts';
import type { Rejections } from '#server/decode/rejections.ts';
import { uncompressSnappy } from '#server/decode/snappy.ts';
import type { Wal } from '#server/wal/open-wal.ts';
import { HttpRefusal } from './answer.ts';
import { contentType, type Door } from './door.ts';
import { admitWrite } from './limits/admit-write.ts';
import { BODY_BYTES_MAX, take } from './read-body.ts';
import type { Receiving } from './receiving.ts';

/**
 * POST /api/v1/write: Prometheus remote write 1.0 and 2.0. What cannot be kept makes the answer a 400, which tells the sender
 * not to try again, though the rest is kept; how much that was is in the headers.
 */
export function remoteWriteDoor(wal: Wal, { count, budgets }: Receiving, memory: WriteMemory): Door {
  return {
    name: 'remote_write',
    path: '/api/v1/write',
    check: (request) => {
      versionOf(request);
      const encoding = (request.headers['content-encoding'] ?? 'snappy').trim().toLowerCase();
      if (encoding === 'snappy') return;
      throw new HttpRefusal(415, `The content encoding must be snappy, not ${JSON.stringify(encoding)}`, {
        'accept-encoding': 'snappy',
      });
    },
    decode: async (request, raw, held) => {
      // An empty request is a success here as elsewhere, though it is no Snappy.
      const body = raw.length === 0 ? raw : uncompressSnappy(raw, BODY_BYTES_MAX);
      take(held, body.length);
      const [version, nowMs] = [versionOf(request), Date.now()];
      const admission = admitWrite(body, version, sourceOf(request), budgets, nowMs);
      const decoded = decodeRemoteWrite(body, version, nowMs, memory);
      return {
        source: admission.source,
        keep: async () => {
          await append(wal, decoded, memory);
          const rejected = admission.with(decoded.rejected);
          count('remote_write', decoded.written.samples + decoded.written.histograms, admission);
          return (response) => answer(response, decoded, rejected);
        },
      };
    },
    refuse: (_, response, refusal) => send(response, refusal.status, refusal.message, refusal.headers),
  };
}

async function append(
  wal: Wal,
  { series, samples, histograms, exemplars }: DecodedWrite,
  { book }: WriteMemory,
): Promise<void> {
  try {
    await Promise.all([
      wal.append('series', series.chunks()),
      wal.append('samples', samples.chunks()),
      wal.append('histograms', histograms.chunks()),
      wal.append('exemplars', exemplars.chunks()),
    ]);
  } catch (error) {
    book.forgetAnnouncements();
    throw error;
  }
}

function answer(response: ServerResponse, { written }: DecodedWrite, rejected: Rejections): void {
  const headers = {
    'x-prometheus-remote-write-samples-written': String(written.samples),
    'x-prometheus-remote-write-histograms-written': String(written.histograms),
    'x-prometheus-remote-write-exemplars-written': String(written.exemplars),
  };
  if (rejected.count === 0) response.writeHead(204, headers).end();
  else
    send(response, 400, `${rejected.describe()}; ${written.samples + written.histograms} samples were kept`, headers);
}

function send(response: ServerResponse, status: number, message: string, headers: Record<string, string>): void {
  const body = `${message}\n`;
  const length = Buffer.byteLength(body);
  response
    .writeHead(status, { ...headers, 'content-type': 'text/plain; charset=utf-8', 'content-length': length })
    .end(body);
}

/** What a sender calls itself (`headers` of Prometheus' remote_write), or where it is: the protocol has no name for it. */
function sourceOf({ headers, socket }: IncomingMessage): string {
  const given = headers['x-switchyard-source'] ?? headers['x-scope-orgid'];
  return typeof given === 'string' && given !== '' ? given : `remote write ${socket.remoteAddress ?? ''}`;
}

const VERSIONS: Record<string, 1 | 2> = { 'prometheus.WriteRequest': 1, 'io.prometheus.write.v2.Request': 2 };

/** The message is named by the content type, and by nothing else. */
function versionOf(request: IncomingMessage): 1 | 2 {
  const given = request.headers['content-type'] ?? '';
  const [, proto = 'prometheus.WriteRequest'] = /;\s*proto\s*=\s*"?([^\s;"]*)/i.exec(given) ?? [];
  const version = VERSIONS[proto];
  if (contentType(request) === 'application/x-protobuf' && version) return version;
  throw new HttpRefusal(
    415,
    `The content type must be application/x-protobuf with proto=${Object.keys(VERSIONS).join(' or ')}, not ${JSON.stringify(given)}`,
  );
}
