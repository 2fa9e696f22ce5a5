'use client';

import { BellOff } from 'lucide-react';
import { useState } from 'react';
import { Button, type ButtonProps } from '#components/ui/button.tsx';
import { Dialog, DialogContent, DialogTrigger } from '#components/ui/dialog.tsx';
import type { DraftMatcher } from './silence-draft.ts';
import { SilenceForm } from './silence-form.tsx';

interface SilenceButtonProps {
  label: string;
  matchers: DraftMatcher[];
  size?: ButtonProps['size'];
}

/** Opens the form of a silence, filled in with these matchers. */
export function SilenceButton({ label, matchers, size = 'sm' }: SilenceButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size={size}>
          <BellOff size={12} aria-hidden />
          {label}
        </Button>
      </DialogTrigger>
      <DialogContent
        title="Silence alerts"
        description="They go on and are shown, but nobody is told of them, nor of their end."
      >
        <SilenceForm matchers={matchers} onDone={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  );
}
