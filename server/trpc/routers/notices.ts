import { listNotices } from '#server/notices/list-notices.ts';
import { ListNoticesInput } from '#server/notices/schema.ts';
import { procedure, router } from '../init.ts';

export const noticesRouter = router({
  list: procedure.input(ListNoticesInput).query(({ ctx, input }) => listNotices(ctx, input)),
});
