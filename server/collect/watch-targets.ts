import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { AppError } from '#server/errors.ts';
import type { Log } from '#server/log.ts';
import { parseTargetsFile, type Target } from './targets-file.ts';

const POLL_MS = 1_000;

export interface WatchTargetsOptions {
  file: string;
  variables: Record<string, string | undefined>;
  intervalMsDefault: number;
  log: Log;
  onChange: (targets: Target[]) => void;
}

/**
 * Hands over the targets now and whenever the file changes. A file that is missing or wrong is an error at the start;
 * later it is logged, and the targets stay as they were.
 */
export function watchTargets({ file, variables, intervalMsDefault, log, onChange }: WatchTargetsOptions): {
  stop: () => void;
} {
  const read = () => parseTargetsFile(readText(file), variables, intervalMsDefault);
  onChange(read());
  const onFile = () => {
    try {
      const targets = read();
      onChange(targets);
      log.info({ file, targets: targets.length }, 'the targets changed');
    } catch (error) {
      log.error({ file }, `${error instanceof Error ? error.message : String(error)}\nThe targets stay as they were.`);
    }
  };
  // By polling: what editors do to a file (write elsewhere, rename over it) escapes notifications.
  watchFile(file, { interval: POLL_MS, persistent: false }, onFile);
  return { stop: () => unwatchFile(file, onFile) };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const reason =
      (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'is missing' : `cannot be read: ${String(cause)}`;
    throw new AppError(
      'BAD_REQUEST',
      `${file} ${reason}. It lists what is scraped; a file with the line "jobs: []" scrapes nothing. CONFIG_DIR names its folder.`,
      { cause },
    );
  }
}
