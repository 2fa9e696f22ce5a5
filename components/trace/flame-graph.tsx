'use client';

import { clsx } from 'clsx';
import { useMemo, useState, type KeyboardEvent } from 'react';
import { formatDuration } from '#components/format/duration.ts';
import { formatInteger } from '#components/format/number.ts';
import { formatRatio } from '#components/format/ratio.ts';
import { Button } from '#components/ui/button.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { layFlame, mergeFlame, moveInFlame, type FlameFrame } from './flame.ts';
import type { SpanRow } from './order-spans.ts';

interface FlameGraphProps {
  rows: readonly SpanRow[];
  selfUs: readonly number[];
  colours: ReadonlyMap<string, string>;
  /** Shows a span in the waterfall. */
  onShow: (spanId: string) => void;
}

const FRAME_PX = 22;

/** Where the time went, by the way of the calls. Arrows move, Enter zooms into a frame, Escape comes back. */
export function FlameGraph({ rows, selfUs, colours, onShow }: FlameGraphProps) {
  const [zoomed, setZoomed] = useState(-1);
  const [current, setCurrent] = useState(0);
  const nodes = useMemo(() => mergeFlame(rows, selfUs), [rows, selfUs]);
  const frames = useMemo(() => layFlame(nodes, zoomed), [nodes, zoomed]);
  const frame = frames.find(({ index }) => index === current) ?? frames[0];
  if (!frame) {
    return (
      <Empty title="Nothing here took time">All spans of this trace are shorter than a microsecond can tell.</Empty>
    );
  }
  const bottom = Math.min(...frames.map(({ node }) => node.depth));
  const levels = Math.max(...frames.map(({ node }) => node.depth)) - bottom + 1;
  const wholeUs = nodes.reduce((sum, { parent, totalUs }) => sum + (parent === -1 ? totalUs : 0), 0);

  function zoomTo({ index }: FlameFrame) {
    setCurrent(index);
    setZoomed(index === zoomed || index === 0 ? -1 : index);
  }
  function onKeyDown(event: KeyboardEvent) {
    if (!frame) return;
    const next = moveInFlame(frames, frame, event.key);
    if (next) setCurrent(next.index);
    else if (event.key === 'Enter' || event.key === ' ') zoomTo(frame);
    else if (event.key === 'Escape' && zoomed !== -1) setZoomed(-1);
    else if (!event.key.startsWith('Arrow')) return;
    event.preventDefault();
    event.stopPropagation();
  }
  return (
    <>
      <div
        role="tree"
        tabIndex={0}
        aria-label="Flame graph: busy time by the way of the calls"
        aria-activedescendant={`frame-${frame.index}`}
        onKeyDown={onKeyDown}
        className="relative mx-4 mt-3"
        style={{ height: levels * FRAME_PX }}
      >
        {frames.map((each) => {
          const { index, node, x, width } = each;
          const colour = colours.get(node.service) ?? 'var(--wire)';
          const said = `${node.service}: ${node.operation}, ${formatDuration(node.totalUs / 1000)}, ${formatRatio(node.totalUs / wholeUs)}${node.errors > 0 ? `, ${node.errors} failed` : ''}`;
          return (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the tree around it has the focus and the keys
            <div
              key={index}
              id={`frame-${index}`}
              role="treeitem"
              tabIndex={-1}
              aria-level={node.depth + 1}
              aria-selected={each === frame}
              aria-label={said}
              title={said}
              onClick={() => zoomTo(each)}
              style={{
                left: `${x * 100}%`,
                width: `max(2px, calc(${width * 100}% - 1px))`,
                top: (node.depth - bottom) * FRAME_PX,
                background: `color-mix(in srgb, ${colour} 26%, var(--surface))`,
                borderLeftColor: node.errors > 0 ? 'var(--critical)' : colour,
              }}
              className={clsx(
                'absolute h-[21px] cursor-pointer overflow-hidden whitespace-nowrap rounded-sm border-l-2 px-1 text-2xs leading-[21px] text-ink',
                each === frame && 'outline-2 -outline-offset-2 outline-accent',
              )}
            >
              {width > 0.03 && (
                <>
                  {node.errors > 0 && <span className="text-critical">✕ </span>}
                  <span className="font-medium">{node.service}</span> {node.operation}
                </>
              )}
            </div>
          );
        })}
      </div>
      <div className="mt-3 flex min-h-11 flex-wrap items-center gap-x-4 gap-y-1 border-t border-line px-4 py-2 text-xs text-ink-muted">
        <span className="min-w-0 break-words font-medium text-ink">
          {frame.node.service} <span className="font-normal">{frame.node.operation}</span>
        </span>
        <span>{frame.node.spans === 1 ? '1 span' : `${formatInteger(frame.node.spans)} spans`}</span>
        <span>
          {formatDuration(frame.node.totalUs / 1000)} busy, {formatRatio(frame.node.totalUs / wholeUs)}
        </span>
        <span>{formatDuration(frame.node.selfUs / 1000)} itself</span>
        {frame.node.errors > 0 && <span className="text-critical">{formatInteger(frame.node.errors)} failed</span>}
        <span className="ml-auto flex gap-1">
          {zoomed !== -1 && (
            <Button variant="ghost" size="sm" onClick={() => setZoomed(-1)}>
              Whole trace
            </Button>
          )}
          <Button size="sm" onClick={() => onShow(frame.node.longest.span.spanId)}>
            Show its longest span
          </Button>
        </span>
      </div>
    </>
  );
}
