import { listIncidents } from '#server/incidents/list-incidents.ts';
import { procedure, router } from '../init.ts';

export const incidentsRouter = router({
  list: procedure.query(({ ctx }) => listIncidents(ctx)),
});
