import type { DeedEffect, EffectSide } from '#server/circuits/schema.ts';
import type { RedPoint } from '#server/services/schema.ts';
import { formatDuration, formatSpan } from '#components/format/duration.ts';
import { formatRate } from '#components/format/rate.ts';
import { formatRatio } from '#components/format/ratio.ts';
import { StatusGlyph } from '#components/ui/status-glyph.tsx';
import type { Tone } from '#components/ui/tone.ts';
import { EffectChart } from './effect-chart.tsx';

const TONES = { ok: 'ok', info: 'info', warning: 'warn', critical: 'critical' } as const satisfies Record<
  DeedEffect['verdict']['severity'],
  Tone
>;

interface Measure {
  label: string;
  show: (value: number | null) => string;
  of: (side: EffectSide) => number | null;
  at: (point: RedPoint) => number | null;
}

const MEASURES: readonly Measure[] = [
  { label: 'Rate', show: formatRate, of: (side) => side.requestsPerS, at: (point) => point.requestsPerS },
  { label: 'Errors', show: formatRatio, of: (side) => side.errorRatio, at: (point) => point.errorRatio },
  { label: 'p95', show: formatDuration, of: (side) => side.latencyMsP95, at: (point) => point.latencyMsP95 },
];

/** Rate, errors and duration of a service before and after a deed: the figures, their course, and what is to be said of them. */
export function EffectTable({ service, effect }: { service: string; effect: DeedEffect }) {
  const { before, after, verdict, series, range, atMs } = effect;
  return (
    <div className="mb-1.5 mt-1 rounded-md border border-line bg-sunken px-3 py-2 text-xs">
      <p className="mb-1.5 flex items-start gap-1.5 text-ink text-pretty">
        <StatusGlyph tone={TONES[verdict.severity]} size={13} className="mt-0.5" />
        <span>
          {service}: {verdict.text}
        </span>
      </p>
      <table className="w-full tabular-nums">
        <thead className="text-2xs text-ink-faint">
          <tr>
            <th className="sr-only">Measure</th>
            <th className="sr-only">Course</th>
            <th className="pb-0.5 pl-2 text-right font-normal">{spanOf(before)}before</th>
            <th className="pb-0.5 pl-2 text-right font-normal">{spanOf(after)}after</th>
          </tr>
        </thead>
        <tbody>
          {MEASURES.map(({ label, show, of, at }) => (
            <tr key={label}>
              <th className="w-10 py-1 text-left font-normal text-ink-muted">{label}</th>
              <td className="py-1">
                <EffectChart values={series.points.map(at)} range={range} atMs={atMs} />
              </td>
              <td className="whitespace-nowrap py-1 pl-2 text-right text-ink-muted">{show(of(before))}</td>
              <td className="whitespace-nowrap py-1 pl-2 text-right font-medium text-ink">{show(of(after))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function spanOf({ fromMs, toMs }: EffectSide): string {
  return toMs > fromMs ? `${formatSpan(toMs - fromMs)} ` : '';
}
