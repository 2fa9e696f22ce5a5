import { getDrill, listDrills } from '#server/drills/list-drills.ts';
import { DrillInput, StartDrillInput } from '#server/drills/schema.ts';
import { startDrill } from '#server/drills/start-drill.ts';
import { stopDrill } from '#server/drills/stop-drill.ts';
import { procedure, router } from '../init.ts';

export const drillsRouter = router({
  get: procedure.input(DrillInput).query(({ ctx, input }) => getDrill(ctx, input)),
  list: procedure.query(({ ctx }) => listDrills(ctx)),
  start: procedure.input(StartDrillInput).mutation(({ ctx, input }) => startDrill(ctx, input)),
  stop: procedure.input(DrillInput).mutation(({ ctx, input }) => stopDrill(ctx, input)),
});
