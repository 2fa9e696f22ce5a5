import { afterEach, beforeEach, expect, it } from 'vitest';
import type { TransitionRow } from '#server/decode/circuit-transition.ts';
import { createLog } from '#server/log.ts';
import { openStoreDouble, type StoreDouble } from '#server/receive/testing/open-store-double.ts';
import { runCircuitSeries, type CircuitSeries } from './circuit-series.ts';

const T = 1_700_000_000_000;
const BREAKER = { service: 'gateway', name: 'payments', instance: 'g1' };
let double: StoreDouble;
let circuits: CircuitSeries;
let nowMs: number;
let states: { service: string; name: string; instance: string; state: string }[] | Error;
let asked: number[];
let isAway: boolean;

beforeEach(() => {
  double = openStoreDouble();
  [nowMs, states, asked, isAway] = [T, [], [], false];
  circuits = runCircuitSeries({
    wal: double.wal,
    log: createLog('test', 'silent'),
    now: () => nowMs,
    insert: async (table, bytes) => {
      if (isAway) throw new Error('away');
      const { stored } = await double.wal.append(table, [{ rows: 1, bytes }], { urgent: true });
      await stored;
    },
    readStates: async (atMs) => {
      asked.push(atMs);
      if (states instanceof Error) throw states;
      return states;
    },
  });
});
afterEach(async () => {
  await circuits.stop();
  await double.close();
});

const transition = (state: string, timestampMs: number): TransitionRow =>
  ({ ...BREAKER, state, timestampMs }) as TransitionRow;
/** `seconds after T: state`, of what is one, and of ends. */
const written = () =>
  double
    .samples()
    .filter(({ value }) => value !== 0)
    .map(({ labels, timestampMs, value }) => `${timestampMs - T} ${Number.isNaN(value) ? 'ends ' : ''}${labels.state}`);

it('a transition is a sample at its moment, and can be read when `tell` resolves', async () => {
  expect(await circuits.tell([transition('open', T - 300)])).toBe(true);
  expect(written()).toEqual(['-300 open']);
  expect(double.samples()).toHaveLength(5);
  expect(double.samples()[0]!.labels).toMatchObject(BREAKER);
  nowMs += 10_000;
  await circuits.tell([transition('half_open', T + 9_000), transition('closed', T + 9_500)]);
  expect(written()).toEqual(['-300 open', '9000 half_open', '9500 closed']);
});

it('a sender whose clock is ahead does not write into the future, nor an overtaken one over the newer', async () => {
  await circuits.tell([transition('open', T + 60_000)]);
  nowMs += 1_000;
  await circuits.tell([transition('closed', T + 30_000)]);
  expect(written()).toEqual(['0 open']);
});

it('states are repeated as they were when everything pushed had arrived, and never over a transition', async () => {
  states = [{ ...BREAKER, state: 'closed' }];
  await circuits.repeat();
  expect(asked.at(-1)).toBe(T - 2_000);
  expect(written()).toEqual(['-2000 closed']);
  // It opened before that moment, and was late on its way.
  await circuits.tell([transition('open', T - 5_000)]);
  expect(written()).toEqual(['-2000 closed', '-1999 open']);
  await circuits.repeat();
  expect(written()).toHaveLength(2);
});

it('a breaker that is gone has ended, and may come back', async () => {
  await circuits.tell([transition('open', T)]);
  nowMs += 15_000;
  await circuits.repeat();
  expect(written().slice(1).toSorted()).toEqual(
    ['closed', 'forced_closed', 'forced_open', 'half_open', 'open'].map((state) => `13000 ends ${state}`),
  );
  nowMs += 1_000;
  await circuits.tell([transition('closed', nowMs)]);
  expect(written().at(-1)).toBe('16000 closed');
});

it('nothing ends while the store is away', async () => {
  await circuits.tell([transition('open', T)]);
  states = new Error('away');
  nowMs += 60_000;
  await expect(circuits.repeat()).rejects.toThrow('away');
  expect(written()).toEqual(['0 open']);
});

it('what the store does not take at once goes the way of all samples', async () => {
  isAway = true;
  expect(await circuits.tell([transition('open', T)])).toBe(true);
  expect(written()).toEqual(['0 open']);
});
