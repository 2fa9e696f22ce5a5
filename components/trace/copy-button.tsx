'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '#components/ui/button.tsx';

/** How long the tick stays. */
const DONE_MS = 1_500;

/** Copies a text; says with a tick that it did. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [done, setDone] = useState(false);

  // Synchronises with a timer.
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setDone(false), DONE_MS);
    return () => clearTimeout(timer);
  }, [done]);

  return (
    <Button
      variant="ghost"
      size="sm"
      aria-label={done ? 'Copied' : label}
      onClick={() =>
        void navigator.clipboard?.writeText(text).then(
          () => setDone(true),
          () => setDone(false),
        )
      }
    >
      {done ? <Check size={12} aria-hidden /> : <Copy size={12} aria-hidden />}
    </Button>
  );
}
