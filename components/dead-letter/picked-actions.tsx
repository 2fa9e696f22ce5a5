import { Button } from '#components/ui/button.tsx';
import type { Decision } from './decide-letters.ts';

interface PickedActionsProps {
  count: number;
  onDecide: (decision: Decision) => void;
  onClear: () => void;
}

/** What can be done with the letters that were picked. */
export function PickedActions({ count, onDecide, onClear }: PickedActionsProps) {
  return (
    <>
      <span className="text-xs text-ink-muted">{count} picked</span>
      <Button size="sm" variant="ghost" onClick={onClear}>
        Clear
      </Button>
      <Button size="sm" variant="primary" aria-haspopup="dialog" onClick={() => onDecide('redrive')}>
        Redrive…
      </Button>
      <Button size="sm" aria-haspopup="dialog" onClick={() => onDecide('discard')}>
        Discard…
      </Button>
    </>
  );
}
