import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const WORKER = path.join(import.meta.dirname, 'ledger-worker.ts');

export interface KillOptions {
  env: Record<string, string>;
  workers: number;
  kills: number;
  /** True when every event was applied; until then workers are kept up. */
  isOver: () => Promise<boolean>;
  timeoutMs: number;
}

/**
 * Keeps workers consuming, and kills one by SIGKILL `kills` times in the middle of an event: every other time before its
 * effects are committed, else after that and before the transport is told. No event is killed twice, or it would rightly be
 * given up. Answers how many were killed at each place.
 */
export async function killConsumers(options: KillOptions): Promise<Record<string, number>> {
  const { env, workers, kills, isOver, timeoutMs } = options;
  const killed = new Set<string>();
  const places: Record<string, number> = { uncommitted: 0, unsettled: 0 };
  const children = new Set<ChildProcess>();
  let isEnding = false;
  let output = '';

  const start = () => {
    const child = fork(WORKER, [], {
      execPath: process.execPath,
      execArgv: [],
      env: { NODE_ENV: 'test', PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    children.add(child);
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('message', (message: { stage: string; eventId?: string }) => {
      const wanted = killed.size % 2 === 0 ? 'uncommitted' : 'unsettled';
      if (message.stage !== wanted || killed.size >= kills || killed.has(message.eventId!)) return;
      killed.add(message.eventId!);
      places[wanted]! += 1;
      child.kill('SIGKILL');
    });
    child.once('exit', () => {
      children.delete(child);
      if (!isEnding) start();
    });
  };
  try {
    for (let count = 0; count < workers; count++) start();
    for (const deadline = Date.now() + timeoutMs; killed.size < kills || !(await isOver());) {
      if (Date.now() > deadline) throw new Error(`Not over in ${timeoutMs} ms, after ${killed.size} kills. ${output}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  } finally {
    isEnding = true;
    const exits = [...children].map((child) => once(child, 'exit'));
    for (const child of children) child.kill('SIGKILL');
    await Promise.all(exits);
  }
  return places;
}
