import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '#server/log.ts';
import { post } from '#server/notify/egress.ts';
import type { Destination } from './destination.ts';
import { judgeAnswer } from './judge-answer.ts';
import { REMOTE_WRITE_HEADERS } from './remote-write/headers.ts';
import { Spool, type Batch } from './spool.ts';

export type ForwardOutcome = 'sent' | 'failed' | 'dropped';

export interface RunDestinationOptions {
  destination: Destination;
  /** Its spool is below it. */
  dir: string;
  bytesMax: number;
  allowPrivate: boolean;
  log: Log;
  onItems: (destination: string, signal: string, outcome: ForwardOutcome, items: number) => void;
}

export interface RunningDestination {
  /** Never throws: what there is no room for is dropped, and counted. */
  add: (signal: string, items: number, payload: Uint8Array) => Promise<void>;
  waitingBytes: () => number;
  stop: () => Promise<void>;
}

/** What an answer is waited for at the end; the batch stays in the spool and is sent again by the next run. */
const STOP_MS = 1_000;

/** Sends what is in the spool of a destination, in its order, each batch until it is taken or refused for good. */
export function runDestination(options: RunDestinationOptions): RunningDestination {
  const { destination, dir, bytesMax, allowPrivate, log, onItems } = options;
  const { name, kind } = destination;
  const spool = new Spool(path.join(dir, name), bytesMax);
  const stopping = new AbortController();
  let isFull = false;

  const send = async (batch: Batch) => {
    const payload = await spool.read(batch);
    for (let attempt = 1; !stopping.signal.aborted; attempt++) {
      const answer = await post(urlOf(destination, batch.signal), payload, headersOf(destination), { allowPrivate });
      const verdict = judgeAnswer(answer, kind, attempt, Math.random(), Date.now());
      if (verdict.kind === 'retry') {
        if (attempt === 1) log.warn({ destination: name }, `forwarding waits: ${verdict.reason}`);
        await sleep(verdict.waitMs, undefined, { signal: stopping.signal }).catch(() => {});
        continue;
      }
      if (verdict.kind === 'failed')
        log.error({ destination: name, items: batch.items }, `not forwarded: ${verdict.reason}`);
      else if (attempt > 1) log.info({ destination: name }, 'forwarding goes on');
      onItems(name, batch.signal, verdict.kind, batch.items);
      return await spool.remove(batch);
    }
  };

  const run = async () => {
    for (let batch = await spool.next(stopping.signal); batch; batch = await spool.next(stopping.signal)) {
      try {
        await send(batch);
      } catch (error) {
        log.error({ destination: name, batch: batch.file, err: error }, 'a batch cannot be read back; it is lost');
        onItems(name, batch.signal, 'failed', batch.items);
        await spool.remove(batch).catch(() => {});
      }
    }
  };
  const running = run();

  return {
    add: async (signal, items, payload) => {
      const isKept = await spool.add(signal, items, payload).catch((error: unknown) => {
        log.error({ destination: name, err: error }, 'the spool of forwarding cannot be written');
        return false;
      });
      if (!isKept) onItems(name, signal, 'dropped', items);
      if (!isKept && !isFull) log.warn({ destination: name }, 'forwarding drops what is new: its spool is full');
      isFull = !isKept;
    },
    waitingBytes: () => spool.bytes,
    stop: async () => {
      stopping.abort();
      await Promise.race([running, sleep(STOP_MS, undefined, { ref: false })]);
    },
  };
}

function urlOf({ kind, url }: Destination, signal: string): string {
  return kind === 'otlp' ? `${url}/v1/${signal}` : url;
}

function headersOf({ kind, headers }: Destination): Record<string, string> {
  if (kind === 'otlp') return { ...headers, 'content-type': 'application/x-protobuf', 'content-encoding': 'gzip' };
  return { ...headers, ...REMOTE_WRITE_HEADERS };
}
