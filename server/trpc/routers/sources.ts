import { getSources } from '#server/sources/get-sources.ts';
import { procedure, router } from '../init.ts';

export const sourcesRouter = router({
  get: procedure.query(({ ctx }) => getSources(ctx)),
});
