'use client';

import { clsx } from 'clsx';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { memo } from 'react';
import { formatDuration } from '#components/format/duration.ts';
import { Badge } from '#components/ui/badge.tsx';
import { StatusGlyph } from '#components/ui/status-glyph.tsx';
import { circuitOutcomeOf } from './circuit-outcomes.ts';
import type { Stretch } from './critical-path.ts';
import type { SpanRow } from './order-spans.ts';
import { SpanBar } from './span-bar.tsx';
import { WATERFALL_COLUMNS } from './waterfall-columns.ts';

interface WaterfallRowProps {
  /** Pixels from the top of the tree. */
  top: number;
  row: SpanRow;
  stretches: readonly Stretch[];
  durationUs: number;
  colour: string;
  collapsed: boolean;
  /** It only leads to what was looked for. */
  faint: boolean;
  selected: boolean;
  onSelect: (spanId: string) => void;
  onToggle: (spanId: string) => void;
}

/** Deeper than this the names would have no room left; the tree says how wide a step is. */
const DEPTH_SHOWN_MAX = 12;

/**
 * One span: its place in the tree, its name, its length and its bar. Of as few elements as can be, each row laid out for itself:
 * a fast scroll draws all rows in sight anew in every frame.
 */
export const WaterfallRow = memo(function WaterfallRow(props: WaterfallRowProps) {
  const { top, row, stretches, durationUs, colour, collapsed, faint, selected, onSelect, onToggle } = props;
  const { span, depth, descendants, errorsBelow } = row;
  const duration = formatDuration(span.durationUs / 1000);
  const failed = span.status === 'error';
  const outcome = circuitOutcomeOf(span.attributes);
  const Chevron = collapsed ? ChevronRight : ChevronDown;
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the tree around it has the focus and the keys
    <div
      id={`span-${span.spanId}`}
      role="treeitem"
      tabIndex={-1}
      aria-level={depth + 1}
      aria-selected={selected}
      aria-expanded={descendants > 0 ? !collapsed : undefined}
      aria-label={`${span.service}: ${span.operation}, ${duration}${failed ? ', failed' : ''}${outcome?.short ? `, ${outcome.short}` : ''}`}
      onClick={() => onSelect(span.spanId)}
      style={{ top }}
      className={clsx(
        'absolute inset-x-0 h-7 cursor-pointer contain-strict items-center border-b border-line outline-none',
        WATERFALL_COLUMNS,
        selected ? 'bg-selected' : 'hover:bg-hover',
      )}
    >
      <span
        className="flex min-w-0 items-center gap-1.5"
        style={{ paddingLeft: `calc(8px + ${Math.min(depth, DEPTH_SHOWN_MAX)} * var(--step))` }}
      >
        {descendants > 0 && (
          <button
            type="button"
            tabIndex={-1}
            aria-label={collapsed ? `Show ${descendants} spans below` : `Hide ${descendants} spans below`}
            onClick={(event) => {
              event.stopPropagation();
              onToggle(span.spanId);
            }}
            className="flex size-4 shrink-0 items-center justify-center rounded-sm text-ink-faint hover:bg-line hover:text-ink"
          >
            <Chevron size={13} aria-hidden />
          </button>
        )}
        <span
          aria-hidden
          className={clsx(
            'h-3.5 w-1 shrink-0 rounded-full forced-color-adjust-none [print-color-adjust:exact]',
            descendants === 0 && 'ml-5.5',
          )}
          style={{ background: colour }}
        />
        {failed && <StatusGlyph tone="critical" size={12} label="failed" />}
        <span className={clsx('min-w-0 truncate', faint && 'opacity-60')} title={`${span.service}: ${span.operation}`}>
          <span className="font-medium">{span.service}</span> <span className="text-ink-muted">{span.operation}</span>
        </span>
        {outcome?.short && (
          <Badge tone={outcome.tone} glyph={false} title={outcome.long} className="shrink-0 max-md:hidden">
            {outcome.short}
          </Badge>
        )}
        {collapsed && (
          <span className={clsx('shrink-0 text-2xs', errorsBelow > 0 ? 'text-critical' : 'text-ink-faint')}>
            +{descendants}
            {errorsBelow > 0 && `, ${errorsBelow} failed`}
          </span>
        )}
        {row.orphan && (
          <span className="shrink-0 text-2xs text-ink-faint" title="The span that called this one is not in the store">
            caller missing
          </span>
        )}
        <span className="ml-auto shrink-0 pl-2 text-xs text-ink-muted">{duration}</span>
      </span>
      <SpanBar span={span} stretches={stretches} durationUs={durationUs} colour={colour} failed={failed} />
    </div>
  );
});
