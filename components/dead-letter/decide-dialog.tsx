'use client';

import { useEffect, useRef, type FormEvent } from 'react';
import type { DeadLetterRow } from '#server/dead-letters/schema.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogContent } from '#components/ui/dialog.tsx';
import { ReasonField, useReason } from '#components/ui/reason-field.tsx';
import type { Decision } from './decide-letters.ts';
import { DecideOutcome } from './decide-outcome.tsx';
import { groupLetters } from './group-letters.ts';
import { showText } from './show-text.ts';
import { useDecisions } from './use-decisions.ts';

const DECISIONS = {
  redrive: {
    label: 'Redrive',
    doing: 'Redriving',
    explains:
      'The service applies it again, here and now, in one transaction. If it fails again it stays, with the new error.',
    explainsMany:
      'Each is applied again, here and now, in a transaction of its own, in the order in which they happened. What fails again stays.',
    variant: 'primary',
  },
  discard: {
    label: 'Discard',
    doing: 'Discarding',
    explains:
      'It will never be applied: what it tells does not happen at this service. It is kept for thirty days, to be read, and cannot be taken back from here.',
    explainsMany:
      'They will never be applied: what they tell does not happen at these services. They are kept for thirty days, to be read, and cannot be taken back from here.',
    variant: 'danger',
  },
} as const satisfies Record<Decision, { label: string; [name: string]: string }>;
/** Types of what is to be decided about, as a reminder. */
const NAMED_MAX = 5;

export interface AskedDecision {
  decision: Decision;
  letters: readonly DeadLetterRow[];
}

/** Says what a decision does, asks why, carries it out, and shows what became of each letter. */
export function DecideDialog({ decision, letters, onClose }: AskedDecision & { onClose: () => void }) {
  const { label, doing, explains, explainsMany, variant } = DECISIONS[decision];
  const { outcomes, state, run, stop } = useDecisions(decision, letters);
  const reason = useReason();
  const closeButton = useRef<HTMLButtonElement>(null);
  const many = letters.length > 1;
  const groups = groupLetters(letters);

  // Synchronises with the focus: the field that had it is gone when all is over.
  useEffect(() => {
    if (state === 'over') closeButton.current?.focus();
  }, [state]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const why = reason.take();
    if (why !== null) void run(why);
  };

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={many ? `${label} ${letters.length} dead letters` : `${label} a dead letter`}
        description={many ? explainsMany : explains}
      >
        <form onSubmit={submit} noValidate aria-busy={state === 'running'} className="flex flex-col gap-4">
          <ul aria-label="Which" className="rounded-md border border-line bg-sunken px-3 py-2.5">
            {groups.slice(0, NAMED_MAX).map(({ id, type, service, letters: members }) => (
              <li key={id} className="break-words">
                <span className="font-medium">{showText(type)}</span>{' '}
                <span className="text-ink-muted">
                  at {service}, {members.length === 1 ? showText(members[0]!.key) : `${members.length} of them`}
                </span>
              </li>
            ))}
            {groups.length > NAMED_MAX && (
              <li className="text-ink-muted">and {groups.length - NAMED_MAX} more types</li>
            )}
          </ul>
          {state === 'asking' ? (
            <ReasonField reason={reason} takesFocus />
          ) : (
            <DecideOutcome decision={decision} outcomes={outcomes} asked={letters.length} isOver={state === 'over'} />
          )}
          <div className="flex justify-end gap-2">
            {state === 'asking' && (
              <>
                <Button onClick={onClose}>Cancel</Button>
                <Button type="submit" variant={variant}>
                  {many ? `${label} ${letters.length}` : label}
                </Button>
              </>
            )}
            {state === 'running' && (
              <>
                {many && <Button onClick={stop}>Stop after this one</Button>}
                <Button variant={variant} disabled>
                  {many
                    ? `${doing} ${Math.min(outcomes.length + 1, letters.length)} of ${letters.length}…`
                    : `${doing}…`}
                </Button>
              </>
            )}
            {state === 'over' && (
              <Button ref={closeButton} variant="primary" onClick={onClose}>
                Close
              </Button>
            )}
          </div>
        </form>
      </DialogContent>
    </Dialog>
  );
}
