import type { Db } from '#server/db.ts';
import { contentOf } from './content-of.ts';
import type { GatewayDocument } from './document.ts';

/** What is wanted of the gateways now; null before anybody wanted anything. */
export async function readWanted(db: Db): Promise<GatewayDocument | null> {
  const row = await db.gatewayConfiguration.findFirst({ orderBy: { version: 'desc' } });
  return row && { version: row.version, issuedMs: row.issuedAt.getTime(), ...contentOf(row) };
}
