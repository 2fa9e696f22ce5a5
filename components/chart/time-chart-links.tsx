import Link from 'next/link';
import { placeLinks, type ChartLink } from './place-links.ts';
import type { PlotScale } from './plot.ts';
import type { PreparedChart } from './prepare-time-chart.ts';

interface TimeChartLinksProps {
  /** What they are: "Exemplars". */
  label: string;
  links: readonly ChartLink[];
  prepared: PreparedChart;
  scale: PlotScale;
}

const DIAMOND = 'M4 .75 7.25 4 4 7.25.75 4Z';
const UP = 'M4 1 7.25 7H.75Z';

/** Links over a chart, each at its moment and value; between them the chart stays what it is. */
export function TimeChartLinks({ label, links, prepared, scale }: TimeChartLinksProps) {
  return (
    <ul aria-label={label} className="pointer-events-none absolute inset-0">
      {placeLinks(links, prepared, scale).map(({ key, x, y, isAbove, href, label: text }) => (
        <li key={key} className="absolute -translate-x-1/2 -translate-y-1/2" style={{ left: x, top: y }}>
          <Link
            href={href}
            prefetch={false}
            title={text}
            aria-label={text}
            className="group pointer-events-auto flex size-3.5 items-center justify-center rounded-sm"
          >
            <svg aria-hidden width="8" height="8">
              <path
                d={isAbove ? UP : DIAMOND}
                strokeWidth="1.25"
                className="fill-surface stroke-ink-muted group-hover:fill-accent group-hover:stroke-accent"
              />
            </svg>
          </Link>
        </li>
      ))}
    </ul>
  );
}
