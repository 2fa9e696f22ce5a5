'use client';

import { Keyboard } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { showOverlay } from './overlay.ts';

export function ShortcutsButton() {
  return (
    <Button
      variant="ghost"
      size="icon"
      aria-label="Keyboard shortcuts"
      title="Keyboard shortcuts (?)"
      onClick={() => showOverlay('shortcuts')}
    >
      <Keyboard size={15} aria-hidden />
    </Button>
  );
}
