import { mergeRouters, router } from './init.ts';
import { alertsRouter } from './routers/alerts.ts';
import { changesRouter } from './routers/changes.ts';
import { channelsRouter } from './routers/channels.ts';
import { circuitsRouter } from './routers/circuits.ts';
import { deadLettersRouter } from './routers/dead-letters.ts';
import { deploysRouter } from './routers/deploys.ts';
import { drillsRouter } from './routers/drills.ts';
import { errorsRouter } from './routers/errors.ts';
import { createExplainRouter } from './routers/explain.ts';
import { gatewayRouter } from './routers/gateway.ts';
import { healthSharesRouter } from './routers/health-shares.ts';
import { incidentsRouter } from './routers/incidents.ts';
import { integrityRouter } from './routers/integrity.ts';
import { limitsRouter } from './routers/limits.ts';
import { liveRouter } from './routers/live.ts';
import { loadTestsRouter } from './routers/load-tests.ts';
import { logsRouter } from './routers/logs.ts';
import { metricsRouter } from './routers/metrics.ts';
import { noticesRouter } from './routers/notices.ts';
import { retentionRouter } from './routers/retention.ts';
import { rulesRouter } from './routers/rules.ts';
import { runbooksRouter } from './routers/runbooks.ts';
import { servicesRouter } from './routers/services.ts';
import { slosRouter } from './routers/slos.ts';
import { silencesRouter } from './routers/silences.ts';
import { sourcesRouter } from './routers/sources.ts';
import { topologyRouter } from './routers/topology.ts';
import { tracesRouter } from './routers/traces.ts';
import { viewsRouter } from './routers/views.ts';

const domains = router({
  alerts: alertsRouter,
  changes: changesRouter,
  channels: channelsRouter,
  circuits: circuitsRouter,
  deadLetters: deadLettersRouter,
  deploys: deploysRouter,
  drills: drillsRouter,
  errors: errorsRouter,
  gateway: gatewayRouter,
  healthShares: healthSharesRouter,
  incidents: incidentsRouter,
  integrity: integrityRouter,
  limits: limitsRouter,
  live: liveRouter,
  loadTests: loadTestsRouter,
  logs: logsRouter,
  metrics: metricsRouter,
  notices: noticesRouter,
  retention: retentionRouter,
  rules: rulesRouter,
  runbooks: runbooksRouter,
  services: servicesRouter,
  slos: slosRouter,
  silences: silencesRouter,
  sources: sourcesRouter,
  topology: topologyRouter,
  traces: tracesRouter,
  views: viewsRouter,
});

/** The whole API: one noun a domain, and what the questions of all of them cost. */
export const appRouter = mergeRouters(domains, router({ explain: createExplainRouter(domains) }));

export type AppRouter = typeof appRouter;
