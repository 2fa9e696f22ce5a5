import { expect, test } from 'vitest';
import { createFaultSwitch, Faults, NO_FAULTS, PutFaultsInput } from './faults.ts';

const here = new AbortController().signal;

test('lets everything pass until it is touched', async () => {
  await expect(createFaultSwitch(() => 0).pass(here)).resolves.toBeUndefined();
});

test('fails the asked share', async () => {
  const draws = [0.1, 0.29, 0.3, 0.9];
  const faults = createFaultSwitch(() => draws.shift() ?? 1);
  faults.set(Faults.parse({ errorRatio: 0.3 }));
  const passed: boolean[] = [];
  for (let asked = 0; asked < 4; asked += 1)
    passed.push(
      await faults.pass(here).then(
        () => true,
        () => false,
      ),
    );
  expect(passed).toEqual([false, false, true, true]);
});

test('what hangs goes on when it is healed, and ends when its caller is gone', async () => {
  const faults = createFaultSwitch();
  faults.set(Faults.parse({ hang: true }));
  const gone = new AbortController();
  let ended = 0;
  const held = faults.pass(here).then(() => (ended += 1));
  const left = faults.pass(gone.signal).catch(() => (ended += 1));
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(ended).toBe(0);
  gone.abort();
  await left;
  expect(ended).toBe(1);
  faults.set(NO_FAULTS);
  await held;
});

test('delays', async () => {
  const faults = createFaultSwitch();
  faults.set(Faults.parse({ latencyMs: 40 }));
  const startedAtMs = performance.now();
  await faults.pass(here);
  expect(performance.now() - startedAtMs).toBeGreaterThanOrEqual(38);
});

test('reads both names of the ratio, and refuses what it does not know', () => {
  expect(PutFaultsInput.parse({ errorRate: 0.5 }).errorRatio).toBe(0.5);
  expect(PutFaultsInput.parse({ errorRatio: 1 }).errorRatio).toBe(1);
  expect(PutFaultsInput.safeParse({ errorRatio: 2 }).success).toBe(false);
  expect(PutFaultsInput.safeParse({ latency: 5 }).success).toBe(false);
});
