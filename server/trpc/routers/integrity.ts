import { getCheck } from '#server/integrity/get-check.ts';
import { listChecks } from '#server/integrity/list-checks.ts';
import { runCheck } from '#server/integrity/run-check.ts';
import { GetCheckInput, RunCheckInput } from '#server/integrity/schema.ts';
import { procedure, router } from '../init.ts';

export const integrityRouter = router({
  get: procedure.input(GetCheckInput).query(({ ctx, input }) => getCheck(ctx, input)),
  list: procedure.query(({ ctx }) => listChecks(ctx)),
  run: procedure.input(RunCheckInput).mutation(({ ctx, input }) => runCheck(ctx, input)),
});
