import { getAlert } from '#server/rules/get-alert.ts';
import { listAlerts } from '#server/rules/list-alerts.ts';
import { GetAlertInput, ListAlertsInput } from '#server/rules/schema.ts';
import { procedure, router } from '../init.ts';

export const alertsRouter = router({
  get: procedure.input(GetAlertInput).query(({ ctx, input }) => getAlert(ctx, input)),
  list: procedure.input(ListAlertsInput).query(({ ctx, input }) => listAlerts(ctx, input)),
});
