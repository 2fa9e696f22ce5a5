'use client';

import type { FormEvent } from 'react';
import { Button } from './button.tsx';
import { ReasonField, useReason } from './reason-field.tsx';

interface ReasonFormProps {
  /** On the button. */
  action: string;
  isPending: boolean;
  error: { message: string } | null;
  /** Where the form is what a click brought. */
  takesFocus?: boolean;
  onConfirm: (reason: string) => void;
  onCancel?: () => void;
}

/** Asks why, and does it. */
export function ReasonForm({ action, isPending, error, takesFocus, onConfirm, onCancel }: ReasonFormProps) {
  const reason = useReason();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const why = reason.take();
    if (why !== null) onConfirm(why);
  };
  return (
    <form onSubmit={submit} aria-busy={isPending} className="flex flex-col gap-2">
      <div className="flex flex-wrap items-start gap-2">
        <ReasonField reason={reason} takesFocus={takesFocus} className="min-w-56 max-w-xl flex-1" />
        {/* Beside the field and not beside its label; below it where there is no room. */}
        <div className="flex gap-2 sm:pt-5">
          <Button type="submit" variant="primary" disabled={isPending}>
            {isPending ? 'Applying…' : action}
          </Button>
          {onCancel && <Button onClick={onCancel}>Cancel</Button>}
        </div>
      </div>
      {error && (
        <p role="alert" className="text-critical text-pretty">
          Nothing was changed: {error.message}
        </p>
      )}
    </form>
  );
}
