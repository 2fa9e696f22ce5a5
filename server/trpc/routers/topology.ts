import { ListServicesInput } from '#server/services/schema.ts';
import { getTopology } from '#server/topology/get-topology.ts';
import { procedure, router } from '../init.ts';

export const topologyRouter = router({
  get: procedure.input(ListServicesInput).query(({ ctx, input }) => getTopology(ctx, input)),
});
