import { createSlo } from '#server/slos/create-slo.ts';
import { deleteSlo } from '#server/slos/delete-slo.ts';
import { getHealth } from '#server/slos/get-health.ts';
import { CreateSloInput, DeleteSloInput, UpdateSloInput } from '#server/slos/schema.ts';
import { updateSlo } from '#server/slos/update-slo.ts';
import { procedure, router } from '../init.ts';

export const slosRouter = router({
  create: procedure.input(CreateSloInput).mutation(({ ctx, input }) => createSlo(ctx, input)),
  delete: procedure.input(DeleteSloInput).mutation(({ ctx, input }) => deleteSlo(ctx, input)),
  health: procedure.query(({ ctx }) => getHealth(ctx)),
  update: procedure.input(UpdateSloInput).mutation(({ ctx, input }) => updateSlo(ctx, input)),
});
