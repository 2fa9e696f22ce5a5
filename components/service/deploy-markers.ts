import type { Deploy } from '#server/deploys/schema.ts';
import type { ChartMarker } from '#components/chart/chart-marker.ts';

const TONES = { ok: 'ok', info: 'neutral', warning: 'warn', critical: 'critical' } as const;

/** The deploys of a service as lines on its charts. */
export function deployMarkers(deploys: readonly Deploy[]): ChartMarker[] {
  return deploys.map(({ atMs, version, verdict }) => ({
    tMs: atMs,
    label: verdict ? `${version} deployed: ${verdict.text}` : `${version} deployed`,
    tone: TONES[verdict?.severity ?? 'info'],
  }));
}
