import { Button } from '#components/ui/button.tsx';

interface ReplayButtonsProps {
  isBusy: boolean;
  /** Whether anything differs from what is in force. */
  isChanged: boolean;
  onReset: () => void;
}

/** Below the fields of a replay. */
export function ReplayButtons({ isBusy, isChanged, onReset }: ReplayButtonsProps) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button type="submit" variant="primary" disabled={isBusy}>
        {isBusy ? 'Replaying…' : 'Replay'}
      </Button>
      {isChanged && (
        <Button variant="ghost" onClick={onReset}>
          Back to what is in force
        </Button>
      )}
      <p className="text-xs text-ink-muted">A replay changes nothing.</p>
    </div>
  );
}
