import { deleteView } from '#server/views/delete-view.ts';
import { listViews } from '#server/views/list-views.ts';
import { renameView } from '#server/views/rename-view.ts';
import { saveView } from '#server/views/save-view.ts';
import { DeleteViewInput, RenameViewInput, SaveViewInput } from '#server/views/schema.ts';
import { procedure, router } from '../init.ts';

export const viewsRouter = router({
  delete: procedure.input(DeleteViewInput).mutation(({ ctx, input }) => deleteView(ctx, input)),
  list: procedure.query(({ ctx }) => listViews(ctx)),
  rename: procedure.input(RenameViewInput).mutation(({ ctx, input }) => renameView(ctx, input)),
  save: procedure.input(SaveViewInput).mutation(({ ctx, input }) => saveView(ctx, input)),
});
