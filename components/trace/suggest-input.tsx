'use client';

import { clsx } from 'clsx';
import dynamic from 'next/dynamic';
import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { Input } from '#components/ui/input.tsx';

// What floats brings more script than all the filters: it comes with the first field that is entered.
const SuggestList = dynamic(() => import('./suggest-list.tsx').then((module) => module.SuggestList), { ssr: false });

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
  const field = useRef<HTMLInputElement>(null);
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
    <>
      <Input
        {...rest}
        ref={field}
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
      {shows && (
        <SuggestList
          id={listId}
          anchor={field}
          onClose={() => setOpen(false)}
          onTake={take}
          {...{ label, suggestions, active, note }}
        />
      )}
    </>
  );
}
