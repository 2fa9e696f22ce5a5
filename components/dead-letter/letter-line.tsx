import { clsx } from 'clsx';
import type { DeadLetterRow } from '#server/dead-letters/schema.ts';
import { Moment } from '#components/format/moment.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { letterTraceHref } from './letter-href.ts';
import { letterId } from './letter-id.ts';
import { PickBox } from './pick-box.tsx';
import { showText } from './show-text.ts';

interface LetterLineProps {
  letter: DeadLetterRow;
  isSelected: boolean;
  /** Where the group's letters differ in it. */
  showsError: boolean;
  picked: ReadonlySet<string> | null;
  onPick: (ids: string[], isPicked: boolean) => void;
  onSelect: () => void;
}

/** One letter of an unfolded group. */
export function LetterLine({ letter, isSelected, showsError, picked, onPick, onSelect }: LetterLineProps) {
  const { key, eventId, attempts, error, deadAt, resolvedAt, reason, traceId } = letter;
  const name = showText(key) || eventId.slice(0, 8);
  const traceHref = letterTraceHref(letter);
  return (
    <li
      className={clsx(
        'flex min-h-row items-center gap-3 border-b border-line px-4 py-row-pad text-xs last:border-0 hover:bg-hover',
        isSelected && 'bg-selected hover:bg-selected',
      )}
    >
      {picked && (
        <PickBox
          label={`${name}, event ${eventId.slice(0, 8)}`}
          ids={[letterId(letter)]}
          picked={picked}
          onPick={onPick}
        />
      )}
      <div className="min-w-0 flex-1 md:pl-[19px]">
        <p className="flex min-w-0 items-baseline gap-2">
          <button
            type="button"
            data-row
            aria-haspopup="dialog"
            title={`${name}\n${eventId}`}
            onClick={onSelect}
            className="min-w-0 truncate rounded-sm text-left text-sm underline decoration-line-strong decoration-1 underline-offset-[3px] hover:text-accent"
          >
            {name}
          </button>
          <code className="shrink-0 text-2xs text-ink-faint max-md:hidden">{eventId.slice(0, 8)}</code>
        </p>
        {(reason !== null || showsError) && (
          <p className="truncate text-ink-faint" title={showText(reason ?? error)}>
            {showText(reason ?? error)}
          </p>
        )}
      </div>
      <span className="shrink-0 whitespace-nowrap text-ink-muted max-md:hidden">
        {attempts === 1 ? '1 attempt' : `${attempts} attempts`}
      </span>
      {traceHref && (
        <TextLink
          href={traceHref}
          prefetch={false}
          title={traceId}
          aria-label={`Trace ${traceId.slice(0, 8)}`}
          className="shrink-0 text-ink-muted max-md:hidden"
        >
          <code>{traceId.slice(0, 8)}</code>
        </TextLink>
      )}
      <Moment
        ms={Date.parse(resolvedAt ?? deadAt)}
        show="relative"
        className="shrink-0 whitespace-nowrap text-ink-muted"
      />
    </li>
  );
}
