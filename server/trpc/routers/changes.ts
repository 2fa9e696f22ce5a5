import { listChanges } from '#server/changes/list-changes.ts';
import { ListChangesInput } from '#server/changes/schema.ts';
import { procedure, router } from '../init.ts';

export const changesRouter = router({
  list: procedure.input(ListChangesInput).query(({ ctx, input }) => listChanges(ctx, input)),
});
