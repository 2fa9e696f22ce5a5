import { replayLimits } from '#server/limits/replay-limits.ts';
import { ReplayLimitsInput } from '#server/limits/schema.ts';
import { procedure, router } from '../init.ts';

export const limitsRouter = router({
  replay: procedure.input(ReplayLimitsInput).query(({ ctx, input }) => replayLimits(ctx, input)),
});
