'use client';

import { Dialog, DialogContent } from '#components/ui/dialog.tsx';
import type { DraftMatcher } from './silence-draft.ts';
import { SilenceForm } from './silence-form.tsx';

/** The form of a silence, over the page. */
export function SilenceDialog({ matchers, onClose }: { matchers: DraftMatcher[]; onClose: () => void }) {
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title="Silence alerts"
        description="They go on and are shown, but nobody is told of them, nor of their end."
      >
        <SilenceForm matchers={matchers} onDone={onClose} />
      </DialogContent>
    </Dialog>
  );
}
