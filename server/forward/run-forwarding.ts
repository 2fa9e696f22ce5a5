import type { Log } from '#server/log.ts';
import type { Receiving } from '#server/receive/receiving.ts';
import type { Wal } from '#server/wal/open-wal.ts';
import type { Destination, ForwardSignal } from './destination.ts';
import { Gather } from './gather.ts';
import { compressSnappy } from './remote-write/compress-snappy.ts';
import { WriteRequests } from './remote-write/write-requests.ts';
import { runDestination, type RunDestinationOptions } from './run-destination.ts';

export interface ForwardingOptions extends Omit<RunDestinationOptions, 'destination'> {
  destinations: readonly Destination[];
  log: Log;
}

export interface Forwarding {
  /** For OTLP requests that are on the disk. */
  onKept: NonNullable<Receiving['onKept']>;
  /** The same log, whose samples are forwarded by remote write when they are on the disk. */
  tap: (wal: Wal) => Wal;
  waitingBytes: () => Map<string, number>;
  stop: () => Promise<void>;
}

const WRITE_EVERY_MS = 1_000;
/** What may wait in memory to become a request. */
const SAMPLES_MAX = 500_000;

/** Sends what is received on to others. It takes what is acknowledged already, and never makes a sender wait. */
export function runForwarding({ destinations, onItems, ...options }: ForwardingOptions): Forwarding {
  const all = destinations.map((destination) => ({
    destination,
    ...runDestination({ ...options, destination, onItems }),
  }));
  const otlp = all.filter(({ destination }) => destination.kind === 'otlp');
  const writes = all.filter(({ destination }) => destination.kind === 'remote_write');
  const takers = (signal: ForwardSignal) => otlp.filter(({ destination }) => destination.signals.includes(signal));
  const toWriters = (signal: string, items: number, payload: Uint8Array) =>
    Promise.all(writes.map(({ add }) => add(signal, items, payload)));
  const dropped = (signal: string, items: number, from: typeof all) => {
    if (items > 0) for (const { destination } of from) onItems(destination.name, signal, 'dropped', items);
  };

  const gather = new Gather({
    onBatch: async (signal, items, payload) =>
      void (await Promise.all(takers(signal).map(({ add }) => add(signal, items, payload)))),
    onDropped: (signal, items) => dropped(signal, items, takers(signal)),
  });

  const requests = new WriteRequests();
  let writing = Promise.resolve();
  const flushWrites = () => {
    const { requests: ready, unknown } = requests.take();
    dropped('samples', unknown, writes);
    writing = writing.then(async () => {
      for (const { body, items } of ready) await toWriters('samples', items, compressSnappy(body));
    });
    return writing;
  };
  const timer = setInterval(() => void flushWrites(), WRITE_EVERY_MS).unref();

  return {
    onKept: (signal, body, items) => {
      if (takers(signal).length > 0) gather.add(signal, body, items);
    },
    tap: (wal) => {
      if (writes.length === 0) return wal;
      return {
        ...wal,
        append: async (table, chunks, appendOptions) => {
          // Before the samples of the same request, whichever is on the disk first.
          if (table === 'series') for (const { bytes } of chunks) requests.learn(bytes);
          const appended = await wal.append(table, chunks, appendOptions);
          if (table !== 'samples' && table !== 'histograms') return appended;
          for (const { rows, bytes } of chunks) {
            if (requests.count + rows > SAMPLES_MAX) dropped('samples', rows, writes);
            else if (table === 'histograms') requests.addHistograms(bytes);
            else requests.add(bytes);
          }
          return appended;
        },
      };
    },
    waitingBytes: () => new Map(all.map(({ destination, waitingBytes }) => [destination.name, waitingBytes()])),
    stop: async () => {
      clearInterval(timer);
      await Promise.all([gather.flush(), flushWrites()]);
      await Promise.all(all.map(({ stop }) => stop()));
    },
  };
}
