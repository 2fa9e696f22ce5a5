import { Button } from './button.tsx';
import { StatusGlyph } from './status-glyph.tsx';

interface FailedProps {
  /** What was being loaded, as in "The circuits could not be loaded". */
  what: string;
  error: { message: string } | null;
  retry?: () => void;
}

/** A panel whose data could not be had: what failed, why, and a way to try again. */
export function Failed({ what, error, retry }: FailedProps) {
  return (
    <div role="alert" className="flex flex-col items-center justify-center gap-1 px-6 py-10 text-center">
      <StatusGlyph tone="critical" size={18} className="mb-1" />
      <p className="font-medium text-ink">{what} could not be loaded</p>
      <p className="max-w-[64ch] break-words text-ink-muted text-pretty">{error?.message || 'No reason was given.'}</p>
      {retry && (
        <Button className="mt-3" onClick={retry}>
          Try again
        </Button>
      )}
    </div>
  );
}
