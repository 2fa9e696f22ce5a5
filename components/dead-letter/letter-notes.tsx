import type { DeadLetterList } from '#server/dead-letters/schema.ts';
import { enumerate } from '#components/format/enumerate.ts';
import { Button } from '#components/ui/button.tsx';
import { StatusGlyph } from '#components/ui/status-glyph.tsx';
import { NAMES_MAX } from './summarise-letters.ts';

/** A service lists no more than its newest: LISTED_MAX of services/kit/events/dead-letters.ts. */
const LISTED_A_SERVICE_MAX = 200;

interface LetterNotesProps {
  list: DeadLetterList;
  retry: () => void;
}

/** What the list does not hold: services that could not be asked, and letters beyond what a service lists. */
export function LetterNotes({ list: { deadLetters, unreachable }, retry }: LetterNotesProps) {
  const full = [...new Set(deadLetters.map(({ service }) => service))].filter(
    (name) => deadLetters.filter(({ service }) => service === name).length >= LISTED_A_SERVICE_MAX,
  );
  return (
    <>
      {unreachable.map(({ service, reason }) => (
        <div
          key={service}
          role="status"
          className="flex items-center gap-2 border-b border-line bg-warn-soft px-4 py-1 text-xs text-warn"
        >
          <StatusGlyph tone="warn" size={12} />
          <p className="min-w-0 break-words">
            <span className="font-medium">{service} could not be asked</span>; what lies there is not shown. {reason}
          </p>
          <Button size="sm" variant="ghost" className="ml-auto" aria-label={`Ask ${service} again`} onClick={retry}>
            Try again
          </Button>
        </div>
      ))}
      {full.length > 0 && (
        <p role="status" className="border-b border-line px-4 py-1.5 text-xs text-ink-muted">
          Of {enumerate(full, NAMES_MAX)} only the newest {LISTED_A_SERVICE_MAX} are listed; there may be more.
        </p>
      )}
    </>
  );
}
