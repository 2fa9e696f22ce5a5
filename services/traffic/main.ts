import { Counter } from 'prom-client';
import { readServiceEnv } from '#services/kit/env.ts';
import { createLog } from '#services/kit/log.ts';
import { addOrphanRoute } from '#services/kit/plant-orphan.ts';
import { startService } from '#services/kit/start-service.ts';
import { readTrafficEnv } from './env.ts';
import { ORPHAN_KINDS, plantOrphan } from './plant-orphan.ts';
import { startShopping } from './start-shopping.ts';

const env = readServiceEnv();
const { TRAFFIC_RPS } = readTrafficEnv();
const log = createLog('traffic', env.LOG_LEVEL);
const requests = new Counter({
  name: 'shopper_requests_total',
  help: 'Requests of the shopper by how the shop took them: served, refused, failed, unanswered.',
  labelNames: ['outcome'] as const,
  registers: [],
});
const visits = new Counter({
  name: 'shopper_visits_total',
  help: 'Visits by how they ended: bought, declined, refused, failed.',
  labelNames: ['outcome'] as const,
  registers: [],
});
let stopShopping = () => {};

await startService(
  {
    name: 'traffic',
    routes: (_app, { metrics }) => {
      metrics.registry.registerMetric(requests);
      metrics.registry.registerMetric(visits);
    },
    adminRoutes: (admin) =>
      addOrphanRoute(admin, Object.fromEntries(ORPHAN_KINDS.map((kind) => [kind, () => plantOrphan(kind)]))),
    onStart: ({ faults }) => {
      stopShopping = startShopping({ rps: TRAFFIC_RPS, log, faults, requests, visits });
    },
    onStop: () => stopShopping(),
  },
  { env, log },
);
