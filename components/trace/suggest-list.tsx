'use client';

import { clsx } from 'clsx';
import type { RefObject } from 'react';
import { formatCount } from '#components/format/number.ts';
import { Popover, PopoverAnchor, PopoverContent } from '#components/ui/popover.tsx';
import type { Suggestion } from './suggest-input.tsx';

interface SuggestListProps {
  id: string;
  /** The field, which keeps the focus and the keys. */
  anchor: RefObject<HTMLInputElement | null>;
  label: string;
  suggestions: readonly Suggestion[];
  /** The place of the one that Enter takes; -1 for none. */
  active: number;
  note?: string | null | undefined;
  onTake: (suggestion: Suggestion) => void;
  onClose: () => void;
}

/** What a field can be completed to, below it. */
export function SuggestList(props: SuggestListProps) {
  const { id: listId, anchor, label, suggestions, active, note, onTake, onClose } = props;
  return (
    <Popover open onOpenChange={(open) => !open && onClose()}>
      {/* Safe because this is only there once the field was entered. */}
      <PopoverAnchor virtualRef={anchor as RefObject<HTMLInputElement>} />
      <PopoverContent
        align="start"
        className="w-[min(360px,calc(100vw-16px))] p-1"
        onOpenAutoFocus={(event) => event.preventDefault()}
        onCloseAutoFocus={(event) => event.preventDefault()}
        // The field has the focus and decides when the list closes.
        onInteractOutside={(event) => event.preventDefault()}
        onPointerDown={(event) => event.preventDefault()}
      >
        <ul id={listId} role="listbox" aria-label={`${label}: suggestions`} className="max-h-72 overflow-y-auto">
          {suggestions.map((suggestion, index) => (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field has the focus and the keys
            <li
              key={suggestion.text}
              id={`${listId}-${index}`}
              ref={index === active ? (item) => item?.scrollIntoView({ block: 'nearest' }) : undefined}
              role="option"
              aria-selected={index === active}
              title={suggestion.text}
              onClick={() => onTake(suggestion)}
              className={clsx(
                'flex min-h-7 cursor-default items-center gap-3 rounded-sm px-2 text-xs',
                index === active ? 'bg-selected' : 'hover:bg-hover',
              )}
            >
              <code className="min-w-0 flex-1 truncate">{suggestion.label ?? suggestion.text}</code>
              {suggestion.count !== undefined && (
                <span className="shrink-0 text-2xs text-ink-faint">{formatCount(suggestion.count)}</span>
              )}
            </li>
          ))}
        </ul>
        {note && suggestions.length === 0 && <p className="px-2 py-1.5 text-xs text-ink-muted">{note}</p>}
      </PopoverContent>
    </Popover>
  );
}
