'use client';

import { useState } from 'react';
import { ChartSkeleton } from '#components/chart/chart-skeleton.tsx';
import { HeatmapChart } from '#components/chart/heatmap-chart.tsx';
import { Sparkline } from '#components/chart/sparkline.tsx';
import { StateStrip } from '#components/chart/state-strip.tsx';
import { TimeChart } from '#components/chart/time-chart.tsx';
import { CIRCUIT_STATES } from '#components/circuit/circuit-state.ts';
import { STATE_LOOK } from '#components/circuit/state-look.ts';
import { DURATION, ERRORS, RATE } from '#components/service/red-series.ts';
import { Panel } from '#components/ui/panel.tsx';
import type { Theme } from './contrast.ts';
import {
  SAMPLE_BANDS,
  SAMPLE_HEAT,
  SAMPLE_LONE_POINTS,
  SAMPLE_MARKERS,
  SAMPLE_POINTS,
  SAMPLE_RANGE,
  SAMPLE_STEP_MS,
} from './sample-data.ts';
import { Specimen } from './specimen.tsx';

const FRAME = { stepMs: SAMPLE_STEP_MS, range: SAMPLE_RANGE };

export function Charts({ theme }: { theme: Theme }) {
  const [said, setSaid] = useState('Drag, click, or move with the arrow keys.');
  const onZoom = () => setSaid('A stretch was selected.');
  const onPick = () => setSaid('A moment was picked.');
  const strip = (
    <StateStrip
      label="breaker"
      description="Breaker of gateway: open once, half-open once"
      range={SAMPLE_RANGE}
      bands={SAMPLE_BANDS.map(({ state, ...times }) => ({
        ...times,
        word: CIRCUIT_STATES[state].word,
        title: CIRCUIT_STATES[state].word,
        fill: STATE_LOOK[state].fill,
        height: Math.max(1, STATE_LOOK[state].share * 12),
      }))}
    />
  );
  const charts = [
    { title: 'One series, with deploys', unit: 'rate', points: SAMPLE_POINTS, series: RATE, below: null },
    { title: 'A share, with the breaker', unit: 'ratio', points: SAMPLE_POINTS, series: ERRORS, below: strip },
    { title: 'Three series and a gap', unit: 'duration', points: SAMPLE_POINTS, series: DURATION, below: strip },
    { title: 'A lone value is a dot', unit: 'rate', points: SAMPLE_LONE_POINTS, series: RATE, below: null },
    { title: 'Nothing measured', unit: 'rate', points: [], series: RATE, below: null },
  ] as const;
  return (
    <>
      <p role="status" className="mb-3 text-xs text-ink-muted">
        {said}
      </p>
      <div className="mb-4 flex flex-col gap-4">
        {charts.map(({ title, unit, points, series, below }) => (
          <Panel key={title} title={title}>
            <TimeChart
              {...FRAME}
              label={`${title}, ${theme}`}
              points={points}
              unit={unit}
              series={series}
              markers={SAMPLE_MARKERS}
              below={below}
              onZoom={onZoom}
              onPick={onPick}
              pickLabel="traces"
            />
          </Panel>
        ))}
        <Panel title="Heat map">
          <HeatmapChart buckets={SAMPLE_HEAT} range={SAMPLE_RANGE} onSelect={onZoom} below={strip} />
        </Panel>
        <Panel title="Loading">
          <ChartSkeleton />
        </Panel>
      </div>
      <Specimen title="Spark lines: a shape, a gap, flat, one value, none">
        <Sparkline label="a shape" values={SAMPLE_POINTS.map(({ requestsPerS }) => requestsPerS)} />
        <Sparkline label="a gap" values={SAMPLE_POINTS.map(({ latencyMsP95 }) => latencyMsP95)} />
        <Sparkline label="flat" values={[4, 4, 4]} />
        <Sparkline label="one value" values={[null, 4, null]} />
        <Sparkline label="none" values={[]} />
      </Specimen>
    </>
  );
}
