import { SearchLogsInput } from '#server/logs/schema.ts';
import { searchLogs } from '#server/logs/search-logs.ts';
import { procedure, router } from '../init.ts';

export const logsRouter = router({
  search: procedure.input(SearchLogsInput).query(({ ctx, input }) => searchLogs(ctx, input)),
});
