'use client';

import { Check } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';

const AcknowledgeDialog = dynamic(() => import('./acknowledge-dialog.tsx').then((module) => module.AcknowledgeDialog), {
  ssr: false,
});

/** Says that somebody is on it. */
export function AcknowledgeButton({ id, again }: { id: string; again: boolean }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(true)}>
        <Check size={12} aria-hidden />
        {again ? 'Take over' : 'Acknowledge'}
      </Button>
      {open && <AcknowledgeDialog id={id} onClose={() => setOpen(false)} />}
    </>
  );
}
