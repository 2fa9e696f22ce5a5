import type { Log } from '#services/kit/log.ts';
import type { KeptFile } from '../configuration/kept-file.ts';
import type { KeptShadows, Shadows } from './shadows.ts';

/** What a gateway that is killed forgets at most. */
const KEEP_MS = 5_000;

/** Keeps on disk what shadows counted, so that a day of evidence outlives a restart; to be called before any shadow is wanted. */
export function keepShadowCounts({
  shadows,
  file,
  log,
}: {
  shadows: Shadows;
  file: KeptFile<KeptShadows> | null;
  log: Pick<Log, 'error'>;
}): { stop: () => void } {
  if (!file) return { stop: () => undefined };
  let kept = '[]';
  try {
    const known = file.read() ?? [];
    shadows.recall(known);
    kept = JSON.stringify(known);
  } catch (error) {
    log.error({ err: error }, 'shadows begin to count anew');
  }
  const keep = () => {
    const known = Array.from(shadows.all(), ({ name, sinceMs, counts }) => ({ name, sinceMs, counts }));
    const text = JSON.stringify(known);
    if (text === kept) return;
    try {
      file.write(known);
      kept = text;
    } catch (error) {
      log.error({ err: error }, 'what the shadows counted could not be kept for the next start');
    }
  };
  const timer = setInterval(keep, KEEP_MS).unref();
  return {
    stop: () => {
      clearInterval(timer);
      keep();
    },
  };
}
