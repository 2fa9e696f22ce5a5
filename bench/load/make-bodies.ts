import type { LoadBody, LoadKind } from './body.ts';
import { SERVICES } from './fleet.ts';
import { createLogBody } from './log-body.ts';
import { createSampleBody, SERIES_PER_HOST } from './sample-body.ts';
import { createSpanBody } from './span-body.ts';

/** Twice what SDKs send at once, and an eighth of what an OpenTelemetry collector does. */
export const ITEMS_PER_REQUEST = 1_000;
const SPREAD_MS = 1_000;

/** The requests of one sender, which it sends in turn; `series` is how many it has of samples. */
export function makeBodies(kind: LoadKind, sender: number, series = 25_000): LoadBody[] {
  if (kind === 'samples') {
    const hosts = Math.ceil(series / SERIES_PER_HOST);
    return Array.from({ length: hosts }, (_, index) =>
      createSampleBody({ host: sender * hosts + index, from: 0, series: SERIES_PER_HOST }),
    );
  }
  return SERVICES.map((_, service) =>
    kind === 'spans'
      ? createSpanBody({ service, spans: ITEMS_PER_REQUEST, seed: sender, sender, spreadMs: SPREAD_MS })
      : createLogBody({ service, lines: ITEMS_PER_REQUEST, seed: sender, sender, spreadMs: SPREAD_MS }),
  );
}
