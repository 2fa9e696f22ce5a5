import type { Ctx } from '#server/context.ts';
import { VIEWS_MAX, type SavedView } from './schema.ts';

/** All saved views by name. */
export async function listViews({ db }: Pick<Ctx, 'db'>): Promise<SavedView[]> {
  const rows = await db.savedView.findMany({ select: { id: true, name: true, path: true }, take: VIEWS_MAX });
  return rows.toSorted((a, b) => a.name.localeCompare(b.name));
}
