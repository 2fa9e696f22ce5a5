import { listTraceLogs } from '#server/logs/list-trace-logs.ts';
import { TraceLogsInput } from '#server/logs/schema.ts';
import { getHeatmap } from '#server/traces/get-heatmap.ts';
import { getTrace } from '#server/traces/get-trace.ts';
import { listOperations } from '#server/traces/list-operations.ts';
import { GetTraceInput, OperationsInput, SearchTracesInput } from '#server/traces/schema.ts';
import { searchTraces } from '#server/traces/search-traces.ts';
import { procedure, router } from '../init.ts';

export const tracesRouter = router({
  get: procedure.input(GetTraceInput).query(({ ctx, input }) => getTrace(ctx, input)),
  heatmap: procedure.input(SearchTracesInput).query(({ ctx, input }) => getHeatmap(ctx, input)),
  logs: procedure.input(TraceLogsInput).query(({ ctx, input }) => listTraceLogs(ctx, input)),
  operations: procedure.input(OperationsInput).query(({ ctx, input }) => listOperations(ctx, input)),
  search: procedure.input(SearchTracesInput).query(({ ctx, input }) => searchTraces(ctx, input)),
});
