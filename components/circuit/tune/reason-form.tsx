'use client';

import { useId, useRef, useState, type FormEvent } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Input } from '#components/ui/input.tsx';

const REASON_CHARACTERS_MIN = 3;

interface ReasonFormProps {
  /** On the button. */
  action: string;
  pending: string;
  isPending: boolean;
  error: { message: string } | null;
  onConfirm: (reason: string) => void;
  onCancel?: () => void;
}

/** Asks why, and does it. */
export function ReasonForm({ action, pending, isPending, error, onConfirm, onCancel }: ReasonFormProps) {
  const [reason, setReason] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const errorId = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim().length >= REASON_CHARACTERS_MIN) return onConfirm(reason.trim());
    setIsMissing(true);
    field.current?.focus();
  };
  return (
    <form onSubmit={submit} aria-busy={isPending} className="flex flex-col gap-2">
      <div className="flex flex-wrap items-end gap-2">
        <label className="flex min-w-56 max-w-xl flex-1 flex-col gap-1">
          <span className="text-xs text-ink-muted">Reason, for the audit and for colleagues</span>
          <Input
            ref={field}
            value={reason}
            maxLength={300}
            autoComplete="off"
            aria-required
            aria-invalid={isMissing}
            aria-describedby={isMissing ? errorId : undefined}
            onChange={(event) => {
              setReason(event.target.value);
              setIsMissing(false);
            }}
          />
        </label>
        <Button type="submit" variant="primary" disabled={isPending}>
          {isPending ? pending : action}
        </Button>
        {onCancel && <Button onClick={onCancel}>Cancel</Button>}
      </div>
      {isMissing && (
        <p id={errorId} role="alert" className="text-xs text-critical">
          Say why, in three letters or more.
        </p>
      )}
      {error && (
        <p role="alert" className="text-critical text-pretty">
          Nothing was changed: {error.message}
        </p>
      )}
    </form>
  );
}
