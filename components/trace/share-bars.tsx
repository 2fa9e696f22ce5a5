import { formatRatio } from '#components/format/ratio.ts';

const WIDTH = 120;

/** Two shares, one above the other: of the selection, and of the rest. */
export function ShareBars({ selected, others }: { selected: number; others: number }) {
  return (
    <span className="flex items-center gap-3 whitespace-nowrap text-xs">
      <svg aria-hidden width={WIDTH} height="14" className="shrink-0 max-md:hidden">
        <rect width={WIDTH} height="6" rx="1" className="fill-line" />
        <rect width={selected * WIDTH} height="6" rx="1" className="fill-accent" />
        <rect y="8" width={WIDTH} height="6" rx="1" className="fill-line" />
        <rect y="8" width={others * WIDTH} height="6" rx="1" className="fill-ink-faint" />
      </svg>
      <span>
        <span className="font-medium text-accent">{formatRatio(Math.min(1, selected))}</span>
        <span className="text-ink-faint"> against {formatRatio(Math.min(1, others))}</span>
      </span>
    </span>
  );
}
