import type { Ctx } from '#server/context.ts';
import { decideMutes } from '#server/notify/routing/decide-mutes.ts';
import { readSilences } from '#server/silences/read-silences.ts';
import type { Alert } from './schema.ts';

/** More that fire than anyone reads; as many as the pipeline looks at. */
const FIRING_MAX = 5_000;

export type MutesOf = (id: string, labels: Record<string, string>) => Pick<Alert, 'silencedBy' | 'inhibitedBy'>;

/** Why alerts are told to nobody now, by the same decision as the pipeline's. */
export async function readMutes({ db, config, now }: Pick<Ctx, 'db' | 'config' | 'now'>): Promise<MutesOf> {
  const at = now();
  const [silences, firing] = await Promise.all([
    readSilences(db, at),
    db.alert.findMany({
      where: { state: 'firing', openKey: { not: null } },
      select: { id: true, rule: true, labels: true },
      orderBy: [{ firedAt: 'asc' }, { id: 'asc' }],
      take: FIRING_MAX,
    }),
  ]);
  const rules = config.routing()?.inhibitRules ?? [];
  const alerts = firing.map(({ id, labels }) => ({ id, labels: labels as Record<string, string> }));
  const mutes = decideMutes(alerts, silences, rules, at.getTime());
  const silenceOf = new Map(silences.map((silence) => [silence.id, silence]));
  const ruleOf = new Map(firing.map(({ id, rule }) => [id, rule]));
  return (id, labels) => {
    // A pending alert is told to nobody yet; that it will be silenced is worth knowing all the same.
    const mute = mutes.get(id) ?? decideMutes([{ id, labels }], silences, [], at.getTime()).get(id)!;
    return {
      silencedBy: mute.silencedBy.map((silence) => {
        const { author, comment, endsAtMs } = silenceOf.get(silence)!;
        return { id: silence, author, comment, endsAtMs };
      }),
      inhibitedBy: mute.inhibitedBy.map((source) => ({ id: source, rule: ruleOf.get(source) ?? '' })),
    };
  };
}
