import type { TimeRange } from '#server/time/schema.ts';
import { SparkPaths } from '#components/chart/sparkline.tsx';

const WIDTH = 200;
const HEIGHT = 28;

interface EffectChartProps {
  values: readonly (number | null)[];
  range: TimeRange;
  /** Where the line is cut in two. */
  atMs: number;
}

/** The course of a measure through the moment of a deed; its figures stand beside it. */
export function EffectChart({ values, range, atMs }: EffectChartProps) {
  const share = Math.min(1, Math.max(0, (atMs - range.fromMs) / Math.max(1, range.toMs - range.fromMs)));
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      height={HEIGHT}
      className="w-full text-series-1"
    >
      <SparkPaths values={values} width={WIDTH} height={HEIGHT} />
      <path
        d={`M${share * WIDTH} 0v${HEIGHT}`}
        strokeDasharray="2 2"
        vectorEffect="non-scaling-stroke"
        className="stroke-ink-muted"
      />
    </svg>
  );
}
