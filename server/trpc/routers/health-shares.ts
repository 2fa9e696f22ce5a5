import { createShare } from '#server/health-shares/create-share.ts';
import { listShares } from '#server/health-shares/list-shares.ts';
import { openShare } from '#server/health-shares/open-share.ts';
import { revokeShare } from '#server/health-shares/revoke-share.ts';
import { CreateHealthShareInput, OpenHealthShareInput, RevokeHealthShareInput } from '#server/health-shares/schema.ts';
import { procedure, router } from '../init.ts';

export const healthSharesRouter = router({
  create: procedure.input(CreateHealthShareInput).mutation(({ ctx, input }) => createShare(ctx, input)),
  list: procedure.query(({ ctx }) => listShares(ctx)),
  open: procedure.input(OpenHealthShareInput).query(({ ctx, input }) => openShare(ctx, input)),
  revoke: procedure.input(RevokeHealthShareInput).mutation(({ ctx, input }) => revokeShare(ctx, input)),
});
