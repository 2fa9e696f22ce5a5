import { listDeploys } from '#server/deploys/list-deploys.ts';
import { ListDeploysInput } from '#server/deploys/schema.ts';
import { procedure, router } from '../init.ts';

export const deploysRouter = router({
  list: procedure.input(ListDeploysInput).query(({ ctx, input }) => listDeploys(ctx, input)),
});
