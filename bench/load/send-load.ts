import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { quantile } from '../quantile.ts';
import type { LoadBody, LoadKind } from './body.ts';
import { makeBodies } from './make-bodies.ts';

export interface LoadOptions {
  url: string;
  kind: LoadKind;
  seconds: number;
  senders: number;
  /** Over all senders; without it each sends its next request as soon as the last is answered. */
  itemsPerSecond?: number | undefined;
  /** Of samples, over all senders. */
  series?: number | undefined;
  /** Rounds begin here, so that a second load has other ids than the first. */
  firstRound?: number | undefined;
}

export interface LoadResult {
  items: number;
  bytes: number;
  requests: number;
  /** Answered 429 or 503: sent again by a real sender, and so not counted as kept. */
  refused: number;
  seconds: number;
  ackMsP50: number;
  ackMsP99: number;
}

/** Sends for so long, and measures each answer from when its request was due. */
export async function sendLoad(options: LoadOptions): Promise<LoadResult> {
  const { url, kind, seconds, senders, itemsPerSecond, series, firstRound = 0 } = options;
  const pool = new Pool(url, { connections: senders, pipelining: 1 });
  const all = Array.from({ length: senders }, (_, sender) =>
    makeBodies(kind, sender, series === undefined ? undefined : Math.ceil(series / senders)),
  );
  const items = all[0]![0]!.items;
  const intervalMs = itemsPerSecond === undefined ? 0 : (senders * items * 1000) / itemsPerSecond;
  const result = { items: 0, bytes: 0, requests: 0, refused: 0 };
  const ackMs: number[] = [];
  const started = performance.now();
  const end = started + seconds * 1000;

  const run = async (bodies: LoadBody[], sender: number) => {
    for (let count = 0; ; count++) {
      // Senders are spread over the interval, as independent ones are.
      const due = intervalMs === 0 ? performance.now() : started + (count + sender / senders) * intervalMs;
      if (due >= end) return;
      if (due > performance.now()) await sleep(due - performance.now());
      const body = bodies[count % bodies.length]!;
      const bytes = body.refresh(firstRound + Math.floor(count / bodies.length), Date.now());
      const response = await pool.request({ method: 'POST', path: body.path, headers: body.headers, body: bytes });
      const text = await response.body.text();
      ackMs.push(performance.now() - due);
      result.requests++;
      if (response.statusCode === 200 || response.statusCode === 204) {
        result.items += body.items;
        result.bytes += bytes.length;
      } else if (response.statusCode === 429 || response.statusCode === 503) {
        result.refused++;
        await sleep(100);
      } else throw new Error(`The collector answered ${response.statusCode}: ${text}`);
    }
  };
  await Promise.all(all.map(run));
  const took = (performance.now() - started) / 1000;
  await pool.close();
  return { ...result, seconds: took, ackMsP50: quantile(ackMs, 0.5), ackMsP99: quantile(ackMs, 0.99) };
}
