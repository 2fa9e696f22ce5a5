import { countLogs } from '#server/logs/count-logs.ts';
import { getLog } from '#server/logs/get-log.ts';
import { listFacets } from '#server/logs/list-facets.ts';
import { GetLogInput, LogFilter, LogHistogramInput, SearchLogsInput } from '#server/logs/schema.ts';
import { searchLogs } from '#server/logs/search-logs.ts';
import { procedure, router } from '../init.ts';

export const logsRouter = router({
  facets: procedure.input(LogFilter).query(({ ctx, input }) => listFacets(ctx, input)),
  get: procedure.input(GetLogInput).query(({ ctx, input }) => getLog(ctx, input)),
  histogram: procedure.input(LogHistogramInput).query(({ ctx, input }) => countLogs(ctx, input)),
  search: procedure.input(SearchLogsInput).query(({ ctx, input }) => searchLogs(ctx, input)),
});
