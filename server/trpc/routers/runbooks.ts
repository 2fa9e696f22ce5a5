import { getRunbook } from '#server/runbooks/get-runbook.ts';
import { listRunbooks } from '#server/runbooks/list-runbooks.ts';
import { GetRunbookInput } from '#server/runbooks/schema.ts';
import { procedure, router } from '../init.ts';

export const runbooksRouter = router({
  get: procedure.input(GetRunbookInput).query(({ ctx, input }) => getRunbook(ctx, input)),
  list: procedure.query(({ ctx }) => listRunbooks(ctx)),
});
