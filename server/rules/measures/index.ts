import { circuitBreakerOpen } from './circuit-breaker-open.ts';
import { databaseFailures } from './database-failures.ts';
import { integrityViolationsNew } from './integrity-violations-new.ts';
import { latestSample } from './latest-sample.ts';
import type { Measure } from './measure.ts';
import type { MeasureName } from './names.ts';
import { proxyMessages } from './proxy-messages.ts';
import { serviceBadGatewayRatio } from './service-bad-gateway-ratio.ts';
import { serviceErrorRatio } from './service-error-ratio.ts';
import { serviceLatencyP95 } from './service-latency-p95.ts';

export const MEASURES = {
  circuit_breaker_open: circuitBreakerOpen,
  database_failures: databaseFailures,
  // The console tells the two of the machine it runs on (http/console-metrics.ts); scraped, they are metrics as any.
  host_disk_free_ratio: latestSample('host_disk_free_ratio'),
  host_memory_used_ratio: latestSample('host_memory_used_ratio'),
  integrity_violations_new: integrityViolationsNew,
  proxy_messages: proxyMessages,
  service_bad_gateway_ratio: serviceBadGatewayRatio,
  service_error_ratio: serviceErrorRatio,
  service_latency_p95_seconds: serviceLatencyP95,
  up: latestSample('up'),
} satisfies Record<MeasureName, Measure>;
