import { PassThrough } from 'node:stream';
import { afterEach, expect, it } from 'vitest';
import { isAlive } from './process-table.ts';
import type { ProcessSpec } from './process-spec.ts';
import { runProcess, type ExitReport, type RunningProcess } from './run-process.ts';

const started: RunningProcess[] = [];
afterEach(async () => {
  for (const entry of started.splice(0)) await entry.stop(1_000);
});

function spec(script: string): ProcessSpec {
  return {
    name: 'sample',
    command: process.execPath,
    args: ['-e', script],
    env: { PATH: process.env.PATH ?? '' },
    cwd: '/',
    ports: [],
    isReady: async () => true,
    stopSignal: 'SIGTERM',
    followsParent: false,
    isShipped: false,
  };
}

function run(script: string) {
  const exits: ExitReport[] = [];
  const starts: { restartCount: number; downtimeMs: number | null }[] = [];
  const waiting: { atLeast: number; resolve: () => void }[] = [];
  const entry = runProcess(spec(script), new PassThrough().resume(), {
    onReady: (_, report) => {
      starts.push(report);
      for (const { atLeast, resolve } of waiting) if (starts.length >= atLeast) resolve();
    },
    onExit: (_, report) => exits.push(report),
  });
  started.push(entry);
  const readyTimes = (atLeast: number) =>
    new Promise<void>((resolve) => {
      if (starts.length >= atLeast) resolve();
      else waiting.push({ atLeast, resolve });
    });
  return { entry, exits, starts, readyTimes };
}

it('starts a killed process again, and says how it died and how long it was away', async () => {
  const { entry, exits, starts, readyTimes } = run('setInterval(() => {}, 1000)');
  await readyTimes(1);
  process.kill(entry.pid()!, 'SIGKILL');
  await readyTimes(2);
  expect(exits).toEqual([{ code: null, signal: 'SIGKILL', restartCount: 1, delayMs: 200 }]);
  expect(starts[0]).toMatchObject({ restartCount: 0, downtimeMs: null });
  expect(starts[1]).toMatchObject({ restartCount: 1, downtimeMs: expect.any(Number) });
});

it('kills what does not stop when asked', async () => {
  const { entry, exits, readyTimes } = run(`process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)`);
  await readyTimes(1);
  const pid = entry.pid()!;
  await entry.stop(100);
  expect(isAlive(pid)).toBe(false);
  expect(exits).toEqual([]);
});
