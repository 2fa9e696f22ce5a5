// Required, not imported: require is patched without a loader hook, whose thread would cost every service 15 MB and 60 ms.
import { createRequire } from 'node:module';
import type * as Pino from 'pino';
import { sendLogLine } from './log-lines.ts';

const { pino } = createRequire(import.meta.url)('pino') as typeof Pino;

export type Log = Pino.Logger;

/** JSON lines on stdout; with the telemetry preload the same records go out as OTLP logs, with the ids of their trace. */
export function createLog(service: string, level: string): Log {
  const stdout = pino.destination(1);
  const lines = {
    write(line: string) {
      stdout.write(line);
      sendLogLine(line);
    },
    flushSync: () => stdout.flushSync(),
  };
  return pino({ level, base: { service }, timestamp: pino.stdTimeFunctions.isoTime }, lines);
}
