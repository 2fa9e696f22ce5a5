import { expect, it } from 'vitest';
import { Schedule, TestOver } from './schedule.ts';

function start(perSecond: number, endMs: number) {
  const clock = { ms: 0, stopped: false };
  const schedule = new Schedule({
    startMs: 0,
    endMs,
    perSecond,
    random: () => 0.5,
    now: () => clock.ms,
    sleep: async (ms) => void (clock.ms += ms),
    isStopped: () => clock.stopped,
  });
  return { clock, schedule };
}

it('is due at the pace, whoever answers quickly', async () => {
  const { clock, schedule } = start(2, 2_000);
  const due = [];
  for (let asked = 0; asked < 4; asked += 1) {
    due.push(await schedule.take());
    clock.ms += 10;
  }
  expect(due).toEqual([0, 500, 1_000, 1_500]);
  await expect(schedule.take()).rejects.toThrow(TestOver);
  expect(schedule.unsent(2_000)).toBe(0);
});

it('counts waiting from when a request was due, not from when an answer let it go', async () => {
  const { clock, schedule } = start(1, 10_000);
  await schedule.take();
  clock.ms = 4_200;
  expect(await schedule.take()).toBe(1_000);
  expect(await schedule.take()).toBe(2_000);
});

it('says what was due and never sent', async () => {
  const { clock, schedule } = start(1, 5_000);
  await schedule.take();
  clock.ms = 6_000;
  await expect(schedule.take()).rejects.toThrow(TestOver);
  expect(schedule.unsent(clock.ms)).toBe(5);
});

it('ends when it is stopped', async () => {
  const { clock, schedule } = start(1, 5_000);
  clock.stopped = true;
  await expect(schedule.take()).rejects.toThrow(TestOver);
});
