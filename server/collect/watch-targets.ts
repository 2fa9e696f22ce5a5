import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import path from 'node:path';
import { AppError } from '#server/errors.ts';
import type { Log } from '#server/log.ts';
import { discover } from './discovery/discover.ts';
import type { Target } from './discovery/to-target.ts';
import { parseTargetsFile } from './targets-file.ts';

const POLL_MS = 1_000;

export interface WatchTargetsOptions {
  file: string;
  variables: Record<string, string | undefined>;
  intervalMsDefault: number;
  log: Log;
  onChange: (targets: Target[]) => void;
  /** For names; those of the system otherwise. */
  dnsServers?: readonly string[];
}

/**
 * Hands over the targets now, and whenever the file or what it discovers changes. A file that is missing or wrong is an error at the start;
 * later it is logged, and the targets stay as they were.
 */
export function watchTargets(options: WatchTargetsOptions): {
  stop: () => void;
} {
  const { file, variables, intervalMsDefault, log, onChange, dnsServers } = options;
  const read = () => parseTargetsFile(readText(file), variables, intervalMsDefault);
  const start = (known?: ReturnType<typeof discover>['known']) =>
    discover({ ...read(), dir: path.dirname(file), log, onChange, ...(known && { known }), dnsServers });
  let discovery = start();
  const onFile = () => {
    try {
      const before = discovery;
      discovery = start(before.known);
      before.stop();
      log.info({ file }, 'the targets are read again');
    } catch (error) {
      log.error({ file }, `${error instanceof Error ? error.message : String(error)}\nThe targets stay as they were.`);
    }
  };
  // By polling: what editors do to a file (write elsewhere, rename over it) escapes notifications.
  watchFile(file, { interval: POLL_MS, persistent: false }, onFile);
  return {
    stop: () => {
      unwatchFile(file, onFile);
      discovery.stop();
    },
  };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const reason =
      (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'is missing' : `cannot be read: ${String(cause)}`;
    throw new AppError(
      'BAD_REQUEST',
      `${file} ${reason}. It lists what is scraped; a file with the line "scrape_configs: []" scrapes nothing. CONFIG_DIR names its folder.`,
      { cause },
    );
  }
}
