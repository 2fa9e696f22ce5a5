import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { MetricFamilies } from '#server/decode/metric-families.ts';
import { StreamBook } from '#server/decode/stream-book.ts';
import { createLog } from '#server/log.ts';
import { InFlight, Turnstile } from '../in-flight.ts';
import { Budgets, type IngestLimits } from '../limits/budgets.ts';
import { createOtlpServer } from '../otlp-server.ts';
import { receiveLogs } from '../receive-logs.ts';
import { receiveMetrics } from '../receive-metrics.ts';
import { receiveTraces } from '../receive-traces.ts';
import { remoteWriteDoor } from '../remote-write-door.ts';
import { openStoreDouble } from './open-store-double.ts';

export type DoorsDouble = Awaited<ReturnType<typeof startDoors>>;

/** All doors of HTTP on a free port, with what they refused by source, signal and reason. */
export async function startDoors({
  limits,
  inFlightBytes,
}: { limits?: Partial<IngestLimits>; inFlightBytes?: number } = {}) {
  const store = openStoreDouble();
  const budgets = new Budgets(limits);
  const refused: Record<string, number> = {};
  const accepted: Record<string, number> = {};
  const receiving = {
    budgets,
    count: (signal: string, items: number, admission: { refused: Map<string, { byReason: Map<string, number> }> }) => {
      accepted[signal] = (accepted[signal] ?? 0) + items;
      for (const [source, { byReason }] of admission.refused) {
        for (const [reason, count] of byReason) {
          const key = `${source} | ${signal} | ${reason}`;
          refused[key] = (refused[key] ?? 0) + count;
        }
      }
    },
  };
  const book = new StreamBook();
  const server = createOtlpServer({
    signals: [
      receiveTraces(store.wal, receiving),
      receiveMetrics(store.wal, receiving, book),
      receiveLogs(store.wal, receiving, { onTransitions: () => {}, onEvents: () => {} }),
    ],
    doors: [remoteWriteDoor(store.wal, receiving, { book, families: new MetricFamilies() })],
    log: createLog('test', 'silent'),
    inFlight: new InFlight(inFlightBytes),
    turnstile: new Turnstile(),
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    store,
    budgets,
    refused,
    accepted,
    port,
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await store.close();
    },
  };
}
