import type { Ctx } from '#server/context.ts';
import { WantedBreakers } from '#server/gateway/document.ts';
import type { SettingsVersion, TunedSettings } from './schema.ts';
import { tunedOf } from './settings.ts';

/** Versions that are looked through: forces make versions as well, so that fewer of them set something anew. */
const VERSIONS_MAX = 500;
const SHOWN_MAX = 20;

/** The versions in which a breaker's settings changed, newest first. */
export async function listSettingsVersions(
  { db }: Pick<Ctx, 'db'>,
  { name }: { reporter: string; name: string },
): Promise<SettingsVersion[]> {
  const rows = await db.gatewayConfiguration.findMany({ orderBy: { version: 'desc' }, take: VERSIONS_MAX });
  const all = rows.map((row) => ({ row, settings: tunedOf(WantedBreakers.parse(row.document)[name]) }));
  const wanted = all[0]?.settings;
  return all
    .filter(({ settings }, index) => {
      const before = all[index + 1]?.settings ?? (rows.length < VERSIONS_MAX ? tunedOf(undefined) : settings);
      return !isSame(settings, before);
    })
    .slice(0, SHOWN_MAX)
    .map(({ row, settings }) => ({
      version: row.version,
      atMs: row.issuedAt.getTime(),
      actor: row.actor,
      reason: row.reason,
      settings,
      isWanted: wanted !== undefined && isSame(settings, wanted),
    }));
}

function isSame(a: TunedSettings, b: TunedSettings): boolean {
  return (Object.keys(a) as (keyof TunedSettings)[]).every((setting) => a[setting] === b[setting]);
}
