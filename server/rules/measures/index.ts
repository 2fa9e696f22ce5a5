import { circuitBreakerOpen } from './circuit-breaker-open.ts';
import { integrityViolationsNew } from './integrity-violations-new.ts';
import type { Measure } from './measure.ts';
import type { MeasureName } from './names.ts';
import { serviceErrorRatio } from './service-error-ratio.ts';
import { up } from './up.ts';

export const MEASURES = {
  circuit_breaker_open: circuitBreakerOpen,
  integrity_violations_new: integrityViolationsNew,
  service_error_ratio: serviceErrorRatio,
  up,
} satisfies Record<MeasureName, Measure>;
