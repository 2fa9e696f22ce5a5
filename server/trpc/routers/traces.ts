import { listTraceLogs } from '#server/logs/list-trace-logs.ts';
import { TraceLogsInput } from '#server/logs/schema.ts';
import { explainSelection } from '#server/traces/explain-selection.ts';
import { exportTrace } from '#server/traces/export-trace.ts';
import { getHeatmap } from '#server/traces/get-heatmap.ts';
import { getTrace } from '#server/traces/get-trace.ts';
import { listAttributeKeys } from '#server/traces/list-attribute-keys.ts';
import { listAttributeValues } from '#server/traces/list-attribute-values.ts';
import { listOperations } from '#server/traces/list-operations.ts';
import { openTrace } from '#server/traces/open-trace.ts';
import {
  AttributeKeysInput,
  AttributeValuesInput,
  ExplainSelectionInput,
  ExportTraceInput,
  GetTraceInput,
  OpenTraceInput,
  OperationsInput,
  SearchTracesInput,
} from '#server/traces/schema.ts';
import { searchTraces } from '#server/traces/search-traces.ts';
import { procedure, router } from '../init.ts';

export const tracesRouter = router({
  attributeKeys: procedure.input(AttributeKeysInput).query(({ ctx, input }) => listAttributeKeys(ctx, input)),
  attributeValues: procedure.input(AttributeValuesInput).query(({ ctx, input }) => listAttributeValues(ctx, input)),
  explain: procedure.input(ExplainSelectionInput).query(({ ctx, input }) => explainSelection(ctx, input)),
  export: procedure.input(ExportTraceInput).query(({ ctx, input }) => exportTrace(ctx, input)),
  get: procedure.input(GetTraceInput).query(({ ctx, input }) => getTrace(ctx, input)),
  heatmap: procedure.input(SearchTracesInput).query(({ ctx, input }) => getHeatmap(ctx, input)),
  logs: procedure.input(TraceLogsInput).query(({ ctx, input }) => listTraceLogs(ctx, input)),
  open: procedure.input(OpenTraceInput).query(({ ctx, input }) => openTrace(ctx, input)),
  operations: procedure.input(OperationsInput).query(({ ctx, input }) => listOperations(ctx, input)),
  search: procedure.input(SearchTracesInput).query(({ ctx, input }) => searchTraces(ctx, input)),
});
