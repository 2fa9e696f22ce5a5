import { AppError } from '#server/errors.ts';

/** Why rows were not taken; they are not on the disk, so the sender must keep them and try again. */
export type RefusalReason = 'disk_full' | 'disk_failing' | 'store_behind' | 'disk_behind' | 'stopping';

export class WalRefusal extends AppError {
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, cause?: unknown) {
    super('UNAVAILABLE', MESSAGES[reason], { cause });
    this.reason = reason;
  }
}

const MESSAGES: Record<RefusalReason, string> = {
  disk_full:
    'The disk of the collector is full: free space where DATA_DIR lies. Telemetry is taken again as soon as there is some.',
  disk_failing: 'The collector cannot write to its disk (DATA_DIR); its log says why.',
  store_behind:
    'The telemetry store is away or too slow, and the collector has kept as much as it may. It takes more when the store has caught up.',
  disk_behind: 'The disk of the collector does not keep up with what is sent.',
  stopping: 'The collector is stopping.',
};

export function toRefusal(cause: unknown): WalRefusal {
  if (cause instanceof WalRefusal) return cause;
  const { code } = cause as NodeJS.ErrnoException;
  return new WalRefusal(code === 'ENOSPC' || code === 'EDQUOT' ? 'disk_full' : 'disk_failing', cause);
}
