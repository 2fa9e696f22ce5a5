import { z } from 'zod';
import { createStream } from 'rotating-file-stream';
import { readEnv } from './env.ts';
import { onFlushTelemetry } from './flush-telemetry.ts';

const LogFileEnvSchema = z.object({
  /** Where the process keeps its lines in files, beside stdout; nowhere when unset. */
  LOG_DIR: z.string().optional(),
  /** A file that has grown to this is put aside. */
  LOG_FILE_SIZE: z
    .string()
    .regex(/^\d+[BKMG]$/, 'a number and B, K, M or G, as 10M')
    .default('10M'),
  /** And so is one at the end of its hour or day. */
  LOG_FILE_INTERVAL: z.enum(['1h', '1d']).default('1d'),
  /** Of those put aside, the newest are kept. */
  LOG_FILE_COUNT: z.coerce.number().int().min(1).max(1_000).default(14),
  SERVICE_INSTANCE_ID: z.string().optional(),
});

export interface LogFile {
  write: (line: string) => void;
}

/** One for all loggers of the process: two would each put the other's file aside. */
let opened: LogFile | null | undefined;

/** The rotating file `<LOG_DIR>/<instance>.log` of this process, or null if it is to have none. */
export function openLogFile(service: string): LogFile | null {
  if (opened === undefined) {
    const env = readEnv(LogFileEnvSchema);
    opened = env.LOG_DIR === undefined ? null : open(env.LOG_DIR, env.SERVICE_INSTANCE_ID ?? service, env);
  }
  return opened;
}

function open(dir: string, name: string, env: z.infer<typeof LogFileEnvSchema>): LogFile {
  const file = createStream(nameFiles(name), {
    path: dir,
    size: env.LOG_FILE_SIZE,
    interval: env.LOG_FILE_INTERVAL,
    intervalBoundary: true,
    // What a process left behind that did not live until the end of its day is put aside when it starts again.
    initialRotation: true,
    maxFiles: env.LOG_FILE_COUNT,
    history: `${name}.files`,
  });
  let isBroken = false;
  file.on('error', (error) => {
    if (!isBroken)
      process.stderr.write(`The log file in ${dir} cannot be written, lines go to stdout alone: ${error.message}\n`);
    isBroken = true;
  });
  onFlushTelemetry(() => new Promise((resolve) => file.write('', () => resolve())));
  return {
    write: (line) => {
      if (!isBroken) file.write(line);
    },
  };
}

/** `orders-1.log` is the newest, `orders-1.2026-11-21T14-05.1.log` was put aside at that time. */
function nameFiles(name: string) {
  return (time: number | Date | null, index?: number): string => {
    if (time === null) return `${name}.log`;
    return `${name}.${new Date(time).toISOString().slice(0, 16).replace(':', '-')}.${index ?? 1}.log`;
  };
}
