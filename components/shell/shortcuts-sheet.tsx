'use client';

import { Dialog, DialogContent } from '#components/ui/dialog.tsx';
import { Kbd } from '#components/ui/kbd.tsx';
import { DESTINATIONS } from './destinations.ts';
import { showOverlay } from './overlay.ts';

const GENERAL = [
  { keys: ['⌘', 'K'], or: '/', does: 'Search pages, services, breakers, traces' },
  { keys: ['n'], does: 'Show what happened' },
  { keys: ['?'], does: 'Show these keys' },
  { keys: ['j'], or: 'k', does: 'Next and previous row of a list' },
  { keys: ['↵'], does: 'Open the row' },
  { keys: ['Esc'], does: 'Close what lies on top; back from a zoom' },
];

export function ShortcutsSheet() {
  return (
    <Dialog open onOpenChange={(open) => !open && showOverlay(null)}>
      <DialogContent title="Keyboard" className="w-[min(620px,calc(100vw-32px))]">
        <div className="grid gap-x-10 gap-y-6 sm:grid-cols-2">
          <section>
            <h3 className="mb-2 text-2xs text-ink-faint">Everywhere</h3>
            <ul className="flex flex-col gap-2">
              {GENERAL.map((entry) => (
                <li key={entry.does} className="flex items-baseline justify-between gap-4">
                  <span className="text-ink-muted">{entry.does}</span>
                  <span className="flex items-center gap-1">
                    {entry.keys.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                    {entry.or && (
                      <>
                        <span className="text-2xs text-ink-faint">or</span>
                        <Kbd>{entry.or}</Kbd>
                      </>
                    )}
                  </span>
                </li>
              ))}
            </ul>
          </section>
          <section>
            <h3 className="mb-2 text-2xs text-ink-faint">Go to</h3>
            <ul className="flex flex-col gap-2">
              {DESTINATIONS.map((destination) => (
                <li key={destination.href} className="flex items-baseline justify-between gap-4">
                  <span className="text-ink-muted">{destination.label}</span>
                  <span className="flex items-center gap-1">
                    <Kbd>g</Kbd>
                    <Kbd>{destination.key}</Kbd>
                  </span>
                </li>
              ))}
            </ul>
          </section>
        </div>
      </DialogContent>
    </Dialog>
  );
}
