import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { AppError } from '#server/errors.ts';
import { Result, Summary, Tick } from './schema.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const ENTRY = path.join(ROOT, 'services/traffic/load/main.ts');
/** Longer than a shopper's patience with the last answer. */
const END_MAX_MS = 12_000;
const STDERR_CHARACTERS = 2_000;

const Message = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), tick: Tick, summary: Summary }),
  z.object({ kind: z.literal('done'), result: Result }),
]);

export interface LoadInput {
  gatewayUrl: string;
  workers: number;
  seconds: number;
  pace: number;
  oneAddress: boolean;
}

export interface Generator {
  /** What it all added up to; rejects when the generator died. */
  done: Promise<Result>;
  /** Sends no more requests; the answers that are due still come, and then `done`. */
  stop: () => void;
  /** Ends it at once. */
  kill: () => void;
}

/** Starts the load generator as a process of its own; it ends with us, however we end. */
export function runGenerator(input: LoadInput, onProgress: (tick: Tick, summary: Summary) => void): Generator {
  const args = ['--disable-warning=ExperimentalWarning', ENTRY, JSON.stringify(input)];
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { PATH: process.env.PATH, NODE_ENV: process.env.NODE_ENV },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let said = '';
  let result: Result | undefined;
  let killer: NodeJS.Timeout | undefined;
  child.stderr.on('data', (chunk: Buffer) => (said = `${said}${chunk}`.slice(-STDERR_CHARACTERS)));
  // It may be gone when we tell it to stop.
  child.stdin.on('error', () => {});
  createInterface({ input: child.stdout }).on('line', (line) => {
    const message = Message.parse(JSON.parse(line));
    if (message.kind === 'done') result = message.result;
    else onProgress(message.tick, message.summary);
  });
  const done = new Promise<Result>((resolve, reject) => {
    child.once('error', reject);
    // After the last line, unlike `exit`.
    child.once('close', (code, signal) => {
      clearTimeout(killer);
      if (result) return resolve(result);
      const how = signal ? `was ended by ${signal}` : `ended with code ${code}`;
      reject(new AppError('INTERNAL', `The load generator ${how}. ${said.trim().split('\n').at(-1) ?? ''}`.trim()));
    });
  });
  return {
    done,
    stop: () => {
      child.stdin.end();
      killer ??= setTimeout(() => child.kill('SIGKILL'), END_MAX_MS).unref();
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
