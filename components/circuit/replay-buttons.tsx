import { Button } from '#components/ui/button.tsx';

interface ReplayButtonsProps {
  isBusy: boolean;
  /** Whether anything differs from what is in force. */
  isChanged: boolean;
  /** Whether the answer below is to what stands in the fields. */
  isAnswered: boolean;
  onReset: () => void;
}

/** Below the fields of a replay. */
export function ReplayButtons({ isBusy, isChanged, isAnswered, onReset }: ReplayButtonsProps) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      {/* What may follow an answer, to apply it, is then the one main thing to do. */}
      <Button type="submit" variant={isChanged && isAnswered ? 'secondary' : 'primary'} disabled={isBusy}>
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
