import { expect, test } from 'vitest';
import { QueryGate } from './query-gate.ts';

const patient = new AbortController().signal;

/** Work that ends when it is told. */
function held() {
  let finish!: (value: string) => void;
  const done = new Promise<string>((resolve) => (finish = resolve));
  return { work: () => done, finish };
}

test('no more run than may, and the next begins when one ends', async () => {
  const gate = new QueryGate(1);
  const [first, second] = [held(), held()];
  const started: string[] = [];
  const run = (name: string, { work }: typeof first) =>
    gate.run(1000, patient, () => {
      started.push(name);
      return work();
    });
  const answers = [run('first', first), run('second', second)];
  await Promise.resolve();
  expect(started).toEqual(['first']);
  first.finish('a');
  expect(await answers[0]).toBe('a');
  await Promise.resolve();
  expect(started).toEqual(['first', 'second']);
  second.finish('b');
  expect(await answers[1]).toBe('b');
});

test('a failure frees its place', async () => {
  const gate = new QueryGate(1);
  await expect(gate.run(1000, patient, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await gate.run(1000, patient, () => Promise.resolve('next'))).toBe('next');
});

test('who waits too long, or leaves, has no place in the queue', async () => {
  const gate = new QueryGate(1);
  const running = held();
  const first = gate.run(1000, patient, running.work);
  await expect(gate.run(20, patient, running.work)).rejects.toMatchObject({
    kind: 'timeout',
    message: 'query timed out in query queue',
  });
  const leaving = new AbortController();
  const left = gate.run(1000, leaving.signal, running.work);
  leaving.abort();
  await expect(left).rejects.toMatchObject({ kind: 'canceled' });
  running.finish('done');
  await first;
  expect(await gate.run(1000, patient, () => Promise.resolve('free'))).toBe('free');
});
