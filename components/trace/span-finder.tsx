'use client';

import { ChevronsDownUp, ChevronsUpDown, Search } from 'lucide-react';
import { formatInteger } from '#components/format/number.ts';
import { Button } from '#components/ui/button.tsx';
import { Input } from '#components/ui/input.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { SPAN_SETS, type SpanSet } from './find-spans.ts';

interface SpanFinderProps {
  text: string;
  set: SpanSet;
  /** How many match; null while nothing is asked. */
  found: number | null;
  onText: (text: string) => void;
  onSet: (set: SpanSet) => void;
  /** To the next match, or the one before. */
  onNext: (step: 1 | -1) => void;
  onCollapse: (all: boolean) => void;
}

const LABELS: Record<SpanSet, string> = { all: 'All', failed: 'Failed', critical: 'Critical path' };

/** Narrows the tree to what is looked for, and folds it. */
export function SpanFinder({ text, set, found, onText, onSet, onNext, onCollapse }: SpanFinderProps) {
  return (
    <div
      role="search"
      aria-label="Find in the trace"
      className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2"
    >
      <span className="relative min-w-0 flex-1 basis-48 md:max-w-80">
        <Search size={12} aria-hidden className="pointer-events-none absolute left-2.5 top-2 text-ink-faint" />
        <Input
          type="search"
          aria-label="Find spans"
          placeholder="Find: name, attribute=value"
          title="Every word must be in the span: service, operation, attributes, message, id. Enter goes to the next match."
          spellCheck={false}
          autoComplete="off"
          className="w-full pl-7!"
          value={text}
          onChange={(event) => onText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') onNext(event.shiftKey ? -1 : 1);
            if (event.key === 'Escape' && text !== '') {
              event.stopPropagation();
              onText('');
            }
          }}
        />
      </span>
      <Segmented
        label="Which spans"
        value={set}
        options={SPAN_SETS.map((value) => ({ value, label: LABELS[value] }))}
        onChange={onSet}
      />
      <p role="status" className="text-xs text-ink-muted">
        {found !== null &&
          (found === 0 ? 'no span matches' : `${formatInteger(found)} ${found === 1 ? 'match' : 'matches'}`)}
      </p>
      <span className="ml-auto flex gap-1">
        <Button variant="ghost" size="sm" disabled={found !== null} onClick={() => onCollapse(true)}>
          <ChevronsDownUp size={12} aria-hidden /> Collapse all
        </Button>
        <Button variant="ghost" size="sm" disabled={found !== null} onClick={() => onCollapse(false)}>
          <ChevronsUpDown size={12} aria-hidden /> Expand all
        </Button>
      </span>
    </div>
  );
}
