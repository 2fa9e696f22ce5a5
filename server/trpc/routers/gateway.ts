import { changeLimits } from '#server/gateway/change-limits.ts';
import { changeRoute } from '#server/gateway/change-route.ts';
import { getConfiguration } from '#server/gateway/get-configuration.ts';
import { listVersions } from '#server/gateway/list-versions.ts';
import { restoreVersion } from '#server/gateway/restore-version.ts';
import { ChangeLimitsInput, ChangeRouteInput, RestoreVersionInput } from '#server/gateway/schema.ts';
import { procedure, router } from '../init.ts';

export const gatewayRouter = router({
  changeLimits: procedure.input(ChangeLimitsInput).mutation(({ ctx, input }) => changeLimits(ctx, input)),
  changeRoute: procedure.input(ChangeRouteInput).mutation(({ ctx, input }) => changeRoute(ctx, input)),
  configuration: procedure.query(({ ctx }) => getConfiguration(ctx)),
  restore: procedure.input(RestoreVersionInput).mutation(({ ctx, input }) => restoreVersion(ctx, input)),
  versions: procedure.query(({ ctx }) => listVersions(ctx)),
});
