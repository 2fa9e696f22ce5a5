'use client';

import { BellOff } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button, type ButtonProps } from '#components/ui/button.tsx';
import type { DraftMatcher } from './silence-draft.ts';

const SilenceDialog = dynamic(() => import('./silence-dialog.tsx').then((module) => module.SilenceDialog), {
  ssr: false,
});

interface SilenceButtonProps {
  label: string;
  matchers: DraftMatcher[];
  size?: ButtonProps['size'];
}

/** Opens the form of a silence, filled in with these matchers. */
export function SilenceButton({ label, matchers, size = 'sm' }: SilenceButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size={size} aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(true)}>
        <BellOff size={12} aria-hidden />
        {label}
      </Button>
      {open && <SilenceDialog matchers={matchers} onClose={() => setOpen(false)} />}
    </>
  );
}
