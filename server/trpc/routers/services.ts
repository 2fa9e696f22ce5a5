import { getSeries } from '#server/services/get-series.ts';
import { listEndpoints } from '#server/services/list-endpoints.ts';
import { listErrors } from '#server/services/list-errors.ts';
import { listInstances } from '#server/services/list-instances.ts';
import { listKeptShares } from '#server/services/list-kept-shares.ts';
import { listServices } from '#server/services/list-services.ts';
import { listSlowRequests } from '#server/services/list-slow-requests.ts';
import { KeptSharesInput, ListServicesInput, ServiceInput, ServiceSeriesInput } from '#server/services/schema.ts';
import { procedure, router } from '../init.ts';

export const servicesRouter = router({
  endpoints: procedure.input(ServiceInput).query(({ ctx, input }) => listEndpoints(ctx, input)),
  errors: procedure.input(ServiceInput).query(({ ctx, input }) => listErrors(ctx, input)),
  instances: procedure.input(ServiceInput).query(({ ctx, input }) => listInstances(ctx, input)),
  keptShares: procedure.input(KeptSharesInput).query(({ ctx, input }) => listKeptShares(ctx, input)),
  list: procedure.input(ListServicesInput).query(({ ctx, input }) => listServices(ctx, input)),
  series: procedure.input(ServiceSeriesInput).query(({ ctx, input }) => getSeries(ctx, input)),
  slowRequests: procedure.input(ServiceInput).query(({ ctx, input }) => listSlowRequests(ctx, input)),
});
