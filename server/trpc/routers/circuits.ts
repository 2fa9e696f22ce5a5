import { listCircuits } from '#server/circuits/list-circuits.ts';
import { listTransitions } from '#server/circuits/list-transitions.ts';
import { ListTransitionsInput } from '#server/circuits/schema.ts';
import { procedure, router } from '../init.ts';

export const circuitsRouter = router({
  list: procedure.query(({ ctx }) => listCircuits(ctx)),
  transitions: procedure.input(ListTransitionsInput).query(({ ctx, input }) => listTransitions(ctx, input)),
});
