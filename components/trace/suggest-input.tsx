'use client';

import { clsx } from 'clsx';
import { useId, useState, type KeyboardEvent } from 'react';
import { formatCount } from '#components/format/number.ts';
import { Input } from '#components/ui/input.tsx';
import { Popover, PopoverAnchor, PopoverContent } from '#components/ui/popover.tsx';

export interface Suggestion {
  /** What the field holds when it is taken. */
  text: string;
  /** What is shown, when that is shorter. */
  label?: string;
  /** How often it occurs. */
  count?: number;
  /** Taking it is not the end: more is to be typed. */
  open?: boolean;
}

interface SuggestInputProps {
  label: string;
  placeholder: string;
  title?: string;
  className?: string;
  text: string;
  onText: (text: string) => void;
  suggestions: readonly Suggestion[];
  /** Enter takes the first one, until the arrows choose another. */
  takesFirst?: boolean;
  /** Said when there is nothing to choose from: loading, failed, nothing known. */
  note?: string | null;
  /** The text is meant: Enter, a choice, or leaving the field. Answer false to say that it cannot be read. */
  onCommit: (text: string, how: 'chosen' | 'left') => boolean;
  onFocus?: () => void;
}

/** A field that completes what is typed from a list; arrows choose, Enter takes, Escape closes the list. */
export function SuggestInput(props: SuggestInputProps) {
  const { label, text, onText, suggestions, takesFirst = false, note, onCommit, onFocus, className, ...rest } = props;
  const listId = useId();
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const [unreadable, setUnreadable] = useState(false);
  const active = chosen >= 0 ? Math.min(chosen, suggestions.length - 1) : takesFirst && suggestions.length > 0 ? 0 : -1;
  const shows = isOpen && (suggestions.length > 0 || !!note);

  function type(next: string) {
    onText(next);
    setOpen(true);
    setChosen(-1);
    setUnreadable(false);
  }
  function commit(value: string, how: 'chosen' | 'left' = 'chosen') {
    setOpen(false);
    setChosen(-1);
    setUnreadable(!onCommit(value.trim(), how));
  }
  function take(suggestion: Suggestion) {
    if (suggestion.open) type(suggestion.text);
    else commit(suggestion.text);
  }
  function onKeyDown(event: KeyboardEvent) {
    const suggestion = shows ? suggestions[active] : undefined;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!isOpen) return setOpen(true);
      const last = suggestions.length - 1;
      if (event.key === 'ArrowDown') setChosen(active >= last ? 0 : active + 1);
      else setChosen(active <= 0 ? last : active - 1);
    } else if (event.key === 'Enter') {
      if (suggestion) take(suggestion);
      else commit(text);
    } else if (event.key === 'Tab' && suggestion?.open) {
      event.preventDefault();
      take(suggestion);
    } else if (event.key === 'Escape' && shows) {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
    }
  }
  return (
    <Popover open={shows} onOpenChange={setOpen}>
      <PopoverAnchor asChild>
        <Input
          {...rest}
          role="combobox"
          aria-label={label}
          aria-autocomplete="list"
          aria-expanded={shows}
          aria-controls={listId}
          aria-activedescendant={shows && active >= 0 ? `${listId}-${active}` : undefined}
          aria-invalid={unreadable}
          spellCheck={false}
          autoComplete="off"
          className={clsx('aria-invalid:border-critical', className)}
          value={text}
          onChange={({ target }) => type(target.value)}
          onKeyDown={onKeyDown}
          onFocus={() => {
            onFocus?.();
            setOpen(true);
          }}
          onClick={() => setOpen(true)}
          onBlur={() => commit(text, 'left')}
        />
      </PopoverAnchor>
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
              onClick={() => take(suggestion)}
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
