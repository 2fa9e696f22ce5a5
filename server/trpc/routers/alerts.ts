import { acknowledgeAlert } from '#server/rules/acknowledge-alert.ts';
import { getAlert } from '#server/rules/get-alert.ts';
import { listAlerts } from '#server/rules/list-alerts.ts';
import { readHistory } from '#server/rules/read-history.ts';
import { AcknowledgeAlertInput, AlertHistoryInput, GetAlertInput, ListAlertsInput } from '#server/rules/schema.ts';
import { procedure, router } from '../init.ts';

export const alertsRouter = router({
  acknowledge: procedure.input(AcknowledgeAlertInput).mutation(({ ctx, input }) => acknowledgeAlert(ctx, input)),
  get: procedure.input(GetAlertInput).query(({ ctx, input }) => getAlert(ctx, input)),
  history: procedure.input(AlertHistoryInput).query(({ ctx, input }) => readHistory(ctx, input)),
  list: procedure.input(ListAlertsInput).query(({ ctx, input }) => listAlerts(ctx, input)),
});
