import { clsx } from 'clsx';
import { sparklinePath } from './sparkline-path.ts';

interface SparklineProps {
  values: readonly (number | null)[];
  /** Empty where the numbers beside it say all that it shows. */
  label: string;
  className?: string;
}

const WIDTH = 80;
const HEIGHT = 20;

/** The shape of a series in the height of a row; the numbers stand beside it. */
export function Sparkline({ values, label, className }: SparklineProps) {
  return (
    <svg
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      className={clsx('inline-block shrink-0 text-series-1', className)}
    >
      <SparkPaths values={values} width={WIDTH} height={HEIGHT} />
    </svg>
  );
}

interface SparkPathsProps {
  values: readonly (number | null)[];
  width: number;
  height: number;
}

/** The line and what is below it, in a drawing of this size, which may be stretched. */
export function SparkPaths({ values, width, height }: SparkPathsProps) {
  const { line, area } = sparklinePath(values, width, height);
  return (
    <>
      <path d={area} fill="currentColor" fillOpacity={0.15} />
      <path
        d={line}
        fill="none"
        stroke="currentColor"
        strokeWidth={1.25}
        strokeLinejoin="round"
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
      />
    </>
  );
}
