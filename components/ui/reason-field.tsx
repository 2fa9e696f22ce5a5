'use client';

import { clsx } from 'clsx';
import { useEffect, useId, useRef, useState, type RefObject } from 'react';
import { Input } from './input.tsx';

/** As every API of ours takes them; their schemas would bring a whole library into the page. */
const CHARACTERS_MIN = 3;
const CHARACTERS_MAX = 300;

interface Reason {
  field: RefObject<HTMLInputElement | null>;
  text: string;
  isMissing: boolean;
  write: (text: string) => void;
  /** The reason, or null when there is none yet: the field then says so and has the focus. */
  take: () => string | null;
}

/** Why somebody does what they are about to do; `ReasonField` asks for it. */
export function useReason(): Reason {
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  return {
    field,
    text,
    isMissing,
    write: (next) => {
      setText(next);
      setIsMissing(false);
    },
    take: () => {
      const reason = text.trim();
      if (reason.length >= CHARACTERS_MIN) return reason;
      setIsMissing(true);
      field.current?.focus();
      return null;
    },
  };
}

interface ReasonFieldProps {
  reason: Reason;
  /** In a dialog that asks for nothing else first. */
  takesFocus?: boolean;
  className?: string;
}

export function ReasonField({ reason, takesFocus = false, className }: ReasonFieldProps) {
  const { field, text, isMissing, write } = reason;
  const faultId = useId();

  // Synchronises with the focus traps: a sheet's gives way to the dialog's only after both have run their effects.
  useEffect(() => {
    if (!takesFocus) return;
    const timer = setTimeout(() => field.current?.focus());
    return () => clearTimeout(timer);
  }, [field, takesFocus]);

  return (
    <div className={clsx('flex flex-col gap-1', className)}>
      <label className="flex flex-col gap-1">
        <span className="text-xs text-ink-muted">Reason, for the audit and for colleagues</span>
        <Input
          ref={field}
          value={text}
          maxLength={CHARACTERS_MAX}
          autoComplete="off"
          aria-required
          aria-invalid={isMissing}
          aria-describedby={isMissing ? faultId : undefined}
          onChange={(event) => write(event.target.value)}
        />
      </label>
      {isMissing && (
        <p id={faultId} role="alert" className="text-xs text-critical">
          Say why, in three letters or more.
        </p>
      )}
    </div>
  );
}
