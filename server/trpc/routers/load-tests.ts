import { getLoadTest } from '#server/load-tests/get-load-test.ts';
import { listLoadTests } from '#server/load-tests/list-load-tests.ts';
import { LoadTestInput, StartLoadTestInput } from '#server/load-tests/schema.ts';
import { startLoadTest } from '#server/load-tests/start-load-test.ts';
import { stopLoadTest } from '#server/load-tests/stop-load-test.ts';
import { procedure, router } from '../init.ts';

export const loadTestsRouter = router({
  get: procedure.input(LoadTestInput).query(({ ctx, input }) => getLoadTest(ctx, input)),
  list: procedure.query(({ ctx }) => listLoadTests(ctx)),
  start: procedure.input(StartLoadTestInput).mutation(({ ctx, input }) => startLoadTest(ctx, input)),
  stop: procedure.input(LoadTestInput).mutation(({ ctx, input }) => stopLoadTest(ctx, input)),
});
