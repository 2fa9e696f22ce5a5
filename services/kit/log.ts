// Required, not imported: require is patched without a loader hook, whose thread would cost every service 15 MB and 60 ms.
import { createRequire } from 'node:module';
import type * as Pino from 'pino';
import { currentCorrelation } from './correlation.ts';
import { openLogFile } from './log-file.ts';
import { sendLogLine } from './log-lines.ts';
import { maskFields } from './mask/mask-fields.ts';
import { maskLine } from './mask/mask-line.ts';

const { pino } = createRequire(import.meta.url)('pino') as typeof Pino;

export type Log = Pino.Logger;

/**
 * JSON lines on stdout, and in files that rotate if LOG_DIR is set; with the telemetry preload the same records go out as OTLP
 * logs. Each line of an undertaking names it, and its trace;
 * secrets are masked.
 */
export function createLog(service: string, level: string): Log {
  const stdout = pino.destination(1);
  const file = openLogFile(service);
  const lines = {
    write(line: string) {
      stdout.write(line);
      file?.write(line);
      sendLogLine(line);
    },
    flushSync: () => stdout.flushSync(),
  };
  return pino(
    {
      level,
      base: { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      mixin: idOfUndertaking,
      formatters: { log: maskLine },
      serializers: { err: (error: Error) => maskFields(pino.stdSerializers.err(error)) },
    },
    lines,
  );
}

function idOfUndertaking(): object {
  const id = currentCorrelation();
  return id === undefined ? {} : { correlation_id: id };
}
