'use client';

import { Square } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';

interface StopButtonProps {
  isStopping: boolean;
  error: { message: string } | null;
  onStop: () => void;
}

/** Ends what runs, and says that it heard. */
export function StopButton({ isStopping, error, onStop }: StopButtonProps) {
  return (
    <>
      {error && (
        <p role="alert" className="text-xs text-critical">
          {error.message}
        </p>
      )}
      <Button variant="danger" disabled={isStopping} onClick={onStop}>
        <Square size={11} aria-hidden />
        {isStopping ? 'Stopping…' : 'Stop'}
      </Button>
    </>
  );
}
