'use client';

import { Check, Copy, Link } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '#components/ui/button.tsx';

/** How long the tick stays. */
const DONE_MS = 1_500;

interface CopyButtonProps {
  /** A function where only the browser knows it. */
  text: string | (() => string);
  label: string;
  /** `link` where the text is an address. */
  icon?: 'copy' | 'link';
}

/** Copies a text; says with a tick that it did. */
export function CopyButton({ text, label, icon = 'copy' }: CopyButtonProps) {
  const Icon = icon === 'link' ? Link : Copy;
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
      title={label}
      onClick={() =>
        void navigator.clipboard?.writeText(typeof text === 'string' ? text : text()).then(
          () => setDone(true),
          () => setDone(false),
        )
      }
    >
      {done ? <Check size={12} aria-hidden /> : <Icon size={12} aria-hidden />}
    </Button>
  );
}
