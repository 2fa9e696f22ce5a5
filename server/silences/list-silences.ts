import type { Ctx } from '#server/context.ts';
import { matchesAll } from '#server/notify/matchers/matcher.ts';
import { readOpenAlerts } from './preview-silence.ts';
import { SILENCES_MAX } from './read-silences.ts';
import type { Silence, SilenceState } from './schema.ts';
import { toSilence } from './to-silence.ts';

const EXPIRED_MAX = 50;
const ORDER: SilenceState[] = ['active', 'pending', 'expired'];

/** Those in force, those to come, and the latest that are over. */
export async function listSilences({ db, now }: Pick<Ctx, 'db' | 'now'>): Promise<Silence[]> {
  const at = now();
  const [current, expired, alerts] = await Promise.all([
    db.silence.findMany({ where: { endsAt: { gt: at } }, orderBy: { endsAt: 'asc' }, take: SILENCES_MAX }),
    db.silence.findMany({ where: { endsAt: { lte: at } }, orderBy: { endsAt: 'desc' }, take: EXPIRED_MAX }),
    readOpenAlerts(db),
  ]);
  return [...current, ...expired]
    .map((row) => toSilence(row, at, 0))
    .map((silence) => ({
      ...silence,
      silences:
        silence.state === 'active' ? alerts.filter(({ labels }) => matchesAll(silence.matchers, labels)).length : 0,
    }))
    .toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
}
