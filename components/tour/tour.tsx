'use client';

import { Dialog as Radix } from 'radix-ui';
import { useState } from 'react';
import { showOverlay } from '#components/shell/overlay.ts';
import { Button } from '#components/ui/button.tsx';
import { TOUR_STEPS } from './tour-steps.ts';
import { TourRing } from './tour-ring.tsx';

/**
 * Five steps about the frame that every page shares. It lies beside the page, not over it: whoever has come for something else goes on
 * with that.
 */
export function Tour() {
  const [index, setIndex] = useState(0);
  const step = TOUR_STEPS[index]!;
  const last = index === TOUR_STEPS.length - 1;
  return (
    <Radix.Root open modal={false} onOpenChange={(open) => !open && end()}>
      <Radix.Portal>
        <TourRing targets={step.targets} />
        <Radix.Content
          onInteractOutside={(event) => event.preventDefault()}
          className="fixed bottom-6 right-6 z-50 w-[min(380px,calc(100vw-32px))] animate-enter rounded-md border border-line-strong bg-raised p-4 shadow-pop max-md:bottom-20 max-md:right-4 print:hidden"
        >
          <div aria-live="polite">
            <p className="text-2xs text-ink-faint">
              Step {index + 1} of {TOUR_STEPS.length}
            </p>
            <Radix.Title className="mt-0.5 text-md font-semibold text-ink">{step.title}</Radix.Title>
            <Radix.Description className="mt-1 text-ink-muted text-pretty">{step.text}</Radix.Description>
          </div>
          <div className="mt-4 flex items-center gap-2">
            <Button variant="ghost" onClick={end}>
              End the tour
            </Button>
            {index > 0 && (
              <Button className="ml-auto" onClick={() => setIndex(index - 1)}>
                Back
              </Button>
            )}
            <Button
              variant="primary"
              autoFocus
              className={index === 0 ? 'ml-auto' : undefined}
              onClick={last ? end : () => setIndex(index + 1)}
            >
              {last ? 'Done' : 'Next'}
            </Button>
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function end(): void {
  showOverlay(null);
}
