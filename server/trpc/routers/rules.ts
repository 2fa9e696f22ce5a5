import { listRules } from '#server/rules/list-rules.ts';
import { procedure, router } from '../init.ts';

export const rulesRouter = router({
  list: procedure.query(({ ctx }) => listRules(ctx)),
});
