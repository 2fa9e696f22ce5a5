'use client';

import { useMemo, type ReactNode } from 'react';
import type { RangeData } from '#server/metrics/schema.ts';
import type { TimeRange } from '#server/time/schema.ts';
import type { ChartLink } from '#components/chart/place-links.ts';
import { TimeChart } from '#components/chart/time-chart.tsx';
import { prepareSeries } from './prepare-series.ts';
import { QueryNotes } from './query-notes.tsx';
import { SeriesLegend } from './series-legend.tsx';

interface QueryGraphProps {
  label: string;
  data: RangeData;
  range: TimeRange;
  hidden: readonly string[];
  onHide: (hidden: string[]) => void;
  onZoom: (range: TimeRange) => void;
  links?: readonly ChartLink[] | undefined;
  /** Stands between the graph's frame and its lines. */
  head?: ReactNode;
}

/** The lines of one query; dragging zooms every panel of the page. */
export function QueryGraph({ label, data, range, hidden, onHide, onZoom, links, head }: QueryGraphProps) {
  const prepared = useMemo(() => prepareSeries(data), [data]);
  const shown = useMemo(() => prepared.series.filter(({ fullName }) => !hidden.includes(fullName)), [prepared, hidden]);
  const left = data.seriesTotal - data.series.length;
  return (
    <>
      {head}
      <TimeChart
        label={label}
        points={prepared.points}
        stepMs={data.stepMs}
        range={range}
        unit="number"
        series={shown}
        onZoom={onZoom}
        legend={false}
        links={links && { label: 'Exemplars', all: links }}
      />
      <SeriesLegend series={prepared.series} hidden={hidden} onHide={onHide} />
      {left > 0 && (
        <p role="status" className="border-t border-line px-4 py-1.5 text-xs text-ink-muted">
          {data.series.length} of {data.seriesTotal} series are drawn, {left} are hidden. Ask for fewer with topk(10, …)
          or an aggregation.
        </p>
      )}
      <QueryNotes warnings={data.warnings} infos={data.infos} />
    </>
  );
}
