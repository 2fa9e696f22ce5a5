'use client';

import { memo, useMemo } from 'react';
import { Area, CartesianGrid, ComposedChart, Line, XAxis, YAxis } from 'recharts';
import type { TimeRange } from '#server/time/schema.ts';
import { timeTicks } from '#components/format/time-ticks.ts';
import { useZone } from '#components/format/zone.ts';
import { axisLabel, durationTick, uncutTicks } from './axis-label.ts';
import { PLOT } from './plot.ts';
import type { ChartRow, PreparedChart } from './prepare-time-chart.ts';
import { UNITS, type Unit } from './unit.ts';

interface TimeChartLinesProps {
  prepared: PreparedChart;
  width: number;
  range: TimeRange;
  unit: Unit;
  series: readonly { key: string; label: string; colour: string; area?: boolean }[];
}

/** Pixels that a label of the time axis needs. */
const TICK_PX = 84;
const TICK = { fill: 'var(--ink-faint)', fontSize: 11 } as const;

/** Draws what was prepared and decides nothing; it is not drawn again while the crosshair moves. */
export const TimeChartLines = memo(function TimeChartLines(props: TimeChartLinesProps) {
  const { prepared, width, range, unit, series } = props;
  const zone = useZone();
  const { ticks, stepMs } = timeTicks(range.fromMs, range.toMs, Math.max(2, Math.floor(width / TICK_PX)));
  // The library looks values up by key, and must not be handed names from outside as paths ("a.b").
  const drawn = useMemo(
    () =>
      series.map(({ key, colour, area }) => ({
        key,
        type: 'linear' as const,
        dataKey: (row: ChartRow) => row.values[key] ?? null,
        stroke: colour,
        strokeWidth: 1.5,
        isAnimationActive: false,
        activeDot: false,
        connectNulls: false,
        dot: dotWhereAlone(key, colour),
        area,
        colour,
      })),
    [series],
  );
  return (
    <ComposedChart
      width={width}
      height={PLOT.height}
      data={prepared.rows}
      margin={{ top: PLOT.top, right: PLOT.right, bottom: 0, left: 0 }}
      accessibilityLayer={false}
      tabIndex={-1}
    >
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis
        dataKey="tMs"
        type="number"
        scale="linear"
        domain={[range.fromMs, range.toMs]}
        allowDataOverflow
        ticks={uncutTicks(ticks, range, width)}
        interval={0}
        tickFormatter={(tMs: number) => axisLabel(tMs, stepMs, zone)}
        height={PLOT.bottom}
        tickLine={false}
        axisLine={{ stroke: 'var(--line-strong)' }}
        tick={TICK}
      />
      <YAxis
        width={PLOT.left}
        domain={[prepared.yMin, prepared.yMax]}
        ticks={prepared.yTicks}
        interval={0}
        tickFormatter={unit === 'duration' ? durationTick : UNITS[unit].format}
        tickLine={false}
        axisLine={false}
        tick={TICK}
      />
      {drawn.map(({ area, key, colour, ...shape }) =>
        area ? <Area key={key} {...shape} fill={colour} fillOpacity={0.14} /> : <Line key={key} {...shape} />,
      )}
    </ComposedChart>
  );
});

/** A value between two gaps has no line to show it. */
function dotWhereAlone(key: string, colour: string) {
  return ({ cx, cy, payload }: { cx?: number; cy?: number; payload?: ChartRow }) =>
    payload?.alone.includes(key) ? (
      <circle key={payload.tMs} cx={cx} cy={cy} r={2} fill={colour} />
    ) : (
      <g key={payload?.tMs} />
    );
}
