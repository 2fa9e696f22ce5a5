import { clsx } from 'clsx';
import type { Tick } from '#server/load-tests/schema.ts';
import { formatDuration } from '#components/format/duration.ts';
import { formatRate } from '#components/format/rate.ts';
import { OUTCOMES } from './outcomes.ts';
import { describeTicks, prepareTicks, type PreparedTicks } from './prepare-ticks.ts';

const WIDTH = 1_000;
const HEIGHT = 100;
/** Between two bars, in parts of a second. */
const GAP = 0.15;

interface TickChartProps {
  ticks: readonly Tick[];
  /** How long it is to take, so that a running test fills its frame from the left. */
  plannedS: number;
  /** Parts of the time that have a meaning of their own. */
  bands?: readonly { label: string; fromS: number; toS: number }[];
}

/** A test second by second: how requests ended, and how long the slowest twentieth took. */
export function TickChart({ ticks, plannedS, bands = [] }: TickChartProps) {
  const prepared = prepareTicks(ticks, plannedS);
  const { lengthS, topPerS, topMs } = prepared;
  const kinds = OUTCOMES.filter(({ key }) => key === 'served' || ticks.some((tick) => tick[key] > 0));
  return (
    <div className="px-4 pb-3 pt-3">
      <ul className="mb-2 flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-muted">
        {kinds.map(({ key, label, dot }) => (
          <li key={key} className="flex items-center gap-1.5">
            <span aria-hidden className={clsx('size-2 rounded-[2px]', dot)} />
            {label}
          </li>
        ))}
        <li className="flex items-center gap-1.5">
          <span aria-hidden className="h-0.5 w-3 bg-series-1" />
          p95 of what was not refused
        </li>
      </ul>
      <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2">
        <Axis top={formatRate(topPerS)} />
        <Plot label={`Requests a second. ${describeTicks(ticks)}`} className="h-28">
          {bands.map(({ label, fromS, toS }) => (
            <rect
              key={label}
              x={xOf(fromS, lengthS)}
              width={Math.max(0, xOf(toS, lengthS) - xOf(fromS, lengthS))}
              height={HEIGHT}
              className="fill-critical-soft"
            />
          ))}
          <Bars prepared={prepared} />
        </Plot>
        <Axis top={formatDuration(topMs)} className="mt-3" />
        <Plot label="95th percentile of the duration" className="mt-3 h-16">
          <path
            d={linePath(prepared)}
            fill="none"
            vectorEffect="non-scaling-stroke"
            className="stroke-series-1"
            strokeWidth="1.5"
            strokeLinecap="round"
          />
        </Plot>
        <span />
        <p className="mt-1 flex justify-between text-2xs text-ink-faint">
          <span>0 s</span>
          {bands.map(({ label }) => (
            <span key={label}>{label}</span>
          ))}
          <span>{Math.round(lengthS)} s</span>
        </p>
      </div>
      <span className="sr-only">{`Up to ${formatDuration(topMs)}.`}</span>
    </div>
  );
}

function Axis({ top, className }: { top: string; className?: string }) {
  return (
    <span
      aria-hidden
      className={clsx('flex w-12 flex-col justify-between text-right text-2xs text-ink-faint', className)}
    >
      <span className="-translate-y-1">{top}</span>
      <span className="translate-y-1">0</span>
    </span>
  );
}

function Plot({ label, className, children }: { label: string; className: string; children: React.ReactNode }) {
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className={clsx('w-full border-b border-line', className)}
    >
      <path d={`M0 0H${WIDTH}M0 ${HEIGHT / 2}H${WIDTH}`} vectorEffect="non-scaling-stroke" className="stroke-line" />
      {children}
    </svg>
  );
}

function Bars({ prepared: { bars, lengthS, topPerS } }: { prepared: PreparedTicks }) {
  return bars.flatMap(({ fromS, toS, parts }) =>
    parts.map(({ key, fill, low, high }) => (
      <rect
        key={`${key} ${fromS}`}
        x={xOf(fromS, lengthS)}
        width={xOf(toS - fromS, lengthS) * (1 - GAP)}
        y={HEIGHT - (high / topPerS) * HEIGHT}
        height={((high - low) / topPerS) * HEIGHT}
        className={fill}
      />
    )),
  );
}

/** Broken where nothing was measured; a moment that stands alone is a dot. */
function linePath({ bars, lengthS, topMs }: PreparedTicks): string {
  return bars
    .map(({ fromS, toS, p95Ms }, index) => {
      if (p95Ms === null) return '';
      const at = `${xOf((fromS + toS) / 2, lengthS).toFixed(1)} ${(HEIGHT - (p95Ms / topMs) * HEIGHT).toFixed(1)}`;
      return (bars[index - 1]?.p95Ms ?? null) === null ? `M${at}h0` : `L${at}`;
    })
    .join('');
}

function xOf(atS: number, lengthS: number): number {
  return (atS / lengthS) * WIDTH;
}
