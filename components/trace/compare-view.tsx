'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { clsx } from 'clsx';
import { useRef, type CSSProperties } from 'react';
import { formatDuration } from '#components/format/duration.ts';
import { formatInteger } from '#components/format/number.ts';
import { StatusGlyph } from '#components/ui/status-glyph.tsx';
import type { Change, ComparedNode, Side } from './compare-traces.ts';

interface CompareViewProps {
  nodes: readonly ComparedNode[];
  colours: ReadonlyMap<string, string>;
}

const ROW_PX = 28;
/** Deeper than this the names would have no room left: on a phone a step is a third as wide. */
const DEPTH_SHOWN_MAX = 10;
const COLUMNS =
  'grid grid-cols-[minmax(0,1fr)_110px_110px_230px] items-center gap-x-3 px-4 max-md:grid-cols-[minmax(0,1fr)_64px_64px_84px] max-md:gap-x-2';
const WORDS: Record<Change, string> = {
  same: 'alike',
  slower: 'slower',
  faster: 'faster',
  missing: 'only in the first',
  extra: 'only in the second',
};
const TEXT: Record<Change, string> = {
  same: 'text-ink-faint',
  slower: 'text-critical',
  faster: 'text-ok',
  missing: 'text-info',
  extra: 'text-warn',
};

/** Two traces as one tree: what each spent where, and how the second differs. Only rows in sight exist. */
export function CompareView({ nodes, colours }: CompareViewProps) {
  const scroller = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoised by a compiler
  const virtual = useVirtualizer({
    count: nodes.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  });
  const widestUs = nodes.reduce((most, { differenceUs }) => Math.max(most, Math.abs(differenceUs)), 1);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a part that scrolls must be reached by the keyboard
    <div
      ref={scroller}
      role="table"
      aria-label="Both traces"
      aria-rowcount={nodes.length + 1}
      tabIndex={0}
      className="max-h-[70vh] overflow-y-auto -outline-offset-2"
    >
      <div
        role="row"
        className={clsx('sticky top-0 z-10 h-8 border-b border-line bg-surface text-2xs text-ink-faint', COLUMNS)}
      >
        <span role="columnheader">Operation</span>
        <span role="columnheader" className="text-right">
          First
        </span>
        <span role="columnheader" className="text-right">
          Second
        </span>
        <span role="columnheader">Difference</span>
      </div>
      <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const node = nodes[item.index];
          if (!node) return null;
          return (
            <div
              key={item.key}
              role="row"
              aria-rowindex={item.index + 2}
              style={{ top: item.start }}
              className={clsx('absolute inset-x-0 h-7 border-b border-line hover:bg-hover', COLUMNS)}
            >
              <span
                role="cell"
                className="flex min-w-0 items-center gap-1.5 pl-[calc(var(--depth)*14px)] max-md:pl-[calc(var(--depth)*5px)]"
                style={{ '--depth': Math.min(node.depth, DEPTH_SHOWN_MAX) } as CSSProperties}
                title={`${node.service}: ${node.operation}`}
              >
                <svg aria-hidden width="4" height="14" className="shrink-0">
                  <rect width="4" height="14" rx="2" fill={colours.get(node.service)} />
                </svg>
                <span className="min-w-0 truncate">
                  <span className="font-medium">{node.service}</span>{' '}
                  <span className="text-ink-muted">{node.operation}</span>
                </span>
              </span>
              <SideCell side={node.a} />
              <SideCell side={node.b} />
              <span role="cell" className={clsx('flex min-w-0 items-center gap-2 text-xs', TEXT[node.change])}>
                <DifferenceBar share={node.differenceUs / widestUs} />
                <span className="whitespace-nowrap">
                  {node.change === 'same' ? '' : signed(node.differenceUs)}{' '}
                  <span className="max-md:sr-only">{WORDS[node.change]}</span>
                </span>
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}

function SideCell({ side }: { side: Side | null }) {
  return (
    <span role="cell" className="flex items-center justify-end gap-1.5 whitespace-nowrap text-xs">
      {side ? (
        <>
          {side.errors > 0 && <StatusGlyph tone="critical" size={11} label={`${side.errors} failed`} />}
          {side.spans > 1 && <span className="text-ink-faint max-md:hidden">{formatInteger(side.spans)} ×</span>}
          {formatDuration(side.totalUs / 1000)}
        </>
      ) : (
        <span className="text-ink-faint">–</span>
      )}
    </span>
  );
}

/** To the right of the middle is slower. */
function DifferenceBar({ share }: { share: number }) {
  const width = Math.min(1, Math.abs(share)) * 30;
  return (
    <svg aria-hidden width="64" height="10" className="shrink-0 max-md:hidden">
      <path d="M32 0v10" className="stroke-line-strong" />
      <rect x={share < 0 ? 32 - width : 32} y="2" width={width} height="6" rx="1" className="fill-current" />
    </svg>
  );
}

function signed(us: number): string {
  return us > 0 ? `+${formatDuration(us / 1000)}` : formatDuration(us / 1000);
}
