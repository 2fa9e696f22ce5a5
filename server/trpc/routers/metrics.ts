import { listMetrics } from '#server/metrics/list-metrics.ts';
import { queryExemplars } from '#server/metrics/query-exemplars.ts';
import { queryInstant } from '#server/metrics/query-instant.ts';
import { queryRange } from '#server/metrics/query-range.ts';
import { QueryExemplarsInput, QueryInstantInput, QueryRangeInput } from '#server/metrics/schema.ts';
import { procedure, router } from '../init.ts';

export const metricsRouter = router({
  exemplars: procedure.input(QueryExemplarsInput).query(({ ctx, input, signal }) => queryExemplars(ctx, input, signal)),
  instant: procedure.input(QueryInstantInput).query(({ ctx, input, signal }) => queryInstant(ctx, input, signal)),
  names: procedure.query(({ ctx, signal }) => listMetrics(ctx, signal)),
  range: procedure.input(QueryRangeInput).query(({ ctx, input, signal }) => queryRange(ctx, input, signal)),
});
