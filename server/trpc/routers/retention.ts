import { getRetention } from '#server/retention/get-retention.ts';
import { previewRetention } from '#server/retention/preview-retention.ts';
import { SetRetentionInput } from '#server/retention/schema.ts';
import { setRetention } from '#server/retention/set-retention.ts';
import { procedure, router } from '../init.ts';

export const retentionRouter = router({
  get: procedure.query(({ ctx }) => getRetention(ctx)),
  preview: procedure.input(SetRetentionInput).query(({ ctx, input }) => previewRetention(ctx, input)),
  set: procedure.input(SetRetentionInput).mutation(({ ctx, input }) => setRetention(ctx, input)),
});
