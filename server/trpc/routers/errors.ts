import { listErrorGroups } from '#server/error-groups/list-error-groups.ts';
import { listErrorSamples } from '#server/error-groups/list-error-samples.ts';
import { listFirstSeen } from '#server/error-groups/list-first-seen.ts';
import { ErrorSamplesInput, FirstSeenInput, ListErrorGroupsInput } from '#server/error-groups/schema.ts';
import { procedure, router } from '../init.ts';

export const errorsRouter = router({
  firstSeen: procedure.input(FirstSeenInput).query(({ ctx, input }) => listFirstSeen(ctx, input)),
  groups: procedure.input(ListErrorGroupsInput).query(({ ctx, input }) => listErrorGroups(ctx, input)),
  samples: procedure.input(ErrorSamplesInput).query(({ ctx, input }) => listErrorSamples(ctx, input)),
});
