/** Something that happened at one moment, drawn as a thin vertical line. */
export interface ChartMarker {
  tMs: number;
  /** "1.4.2 deployed" */
  label: string;
  /** How it turned out: colours the flag. */
  tone: 'neutral' | 'ok' | 'warn' | 'critical';
}

/** Markers nearer than this to the crosshair are told, whatever the step. */
const NEAR_SHARE = 0.006;

/** The markers at a moment of a chart: within its bucket, or so near that the eye takes them for one. */
export function markersAt(
  markers: readonly ChartMarker[],
  tMs: number,
  stepMs: number,
  spanMs: number,
): readonly ChartMarker[] {
  const nearMs = Math.max(stepMs, spanMs * NEAR_SHARE);
  return markers.filter((marker) => Math.abs(marker.tMs - tMs) <= nearMs);
}

/** The markers as a sentence for those who cannot see the lines; empty without any. */
export function describeMarkers(markers: readonly ChartMarker[]): string {
  if (markers.length === 0) return '';
  return `Marked: ${markers.map(({ label }) => label).join('; ')}.`;
}
