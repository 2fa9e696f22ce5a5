'use client';

import { clsx } from 'clsx';
import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { useState, type ComponentProps, type ReactNode } from 'react';
import { Button } from './button.tsx';

export const Dialog = Radix.Root;
export const DialogTrigger = Radix.Trigger;

interface ContentProps {
  title: ReactNode;
  /** Read to screen readers and shown under the title. */
  description?: ReactNode;
  children: ReactNode;
  className?: string;
}

interface DialogContentProps extends ContentProps {
  /** Leaves head and padding to the content; the title is then only read out. */
  bare?: boolean;
}

/** As high as what it belongs to: later in the document is above, so a dialog dims the sheet that it was opened from. */
const SCRIM = 'fixed inset-0 z-50 animate-appear bg-scrim';

/** A centred dialog. */
export function DialogContent({ title, description, children, className, bare }: DialogContentProps) {
  return (
    <Radix.Portal>
      <Radix.Overlay className={SCRIM} />
      <Surface
        {...(description ? {} : { 'aria-describedby': undefined })}
        onOpenAutoFocus={focusFirstField}
        className={clsx(
          'fixed left-1/2 top-[14vh] z-50 flex max-h-[76vh] w-[min(560px,calc(100vw-32px))] -translate-x-1/2 animate-enter flex-col',
          'overflow-hidden rounded-md border border-line-strong bg-raised shadow-pop [--scroll-x-under:var(--raised)]',
          className,
        )}
      >
        {bare ? (
          <>
            <Radix.Title className="sr-only">{title}</Radix.Title>
            {children}
          </>
        ) : (
          <>
            <SurfaceHead title={title} description={description} />
            <div className="min-h-0 overflow-y-auto p-4">{children}</div>
          </>
        )}
      </Surface>
    </Radix.Portal>
  );
}

/** A sheet at the right edge for the details of what was selected; the page behind stays where it was. */
export function SheetContent({ title, description, children, className }: ContentProps) {
  return (
    <Radix.Portal>
      <Radix.Overlay className={SCRIM} />
      <Surface
        {...(description ? {} : { 'aria-describedby': undefined })}
        className={clsx(
          'fixed inset-y-0 right-0 z-50 flex w-[min(520px,100vw)] animate-sheet flex-col border-l border-line-strong bg-surface shadow-pop',
          className,
        )}
      >
        <SurfaceHead title={title} description={description} />
        <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
      </Surface>
    </Radix.Portal>
  );
}

/** Gives the focus back to what had it: Radix does so for a trigger only, and most surfaces are opened by the address or a row. */
function Surface(props: ComponentProps<typeof Radix.Content>) {
  // Asked before it is there: later a field of its own may have the focus.
  const [opener] = useState(() => document.activeElement);
  return (
    <Radix.Content
      {...props}
      onCloseAutoFocus={(event) => {
        // The symbols of a drawing take the focus, too.
        const isFocusable = opener instanceof HTMLElement || opener instanceof SVGElement;
        if (!isFocusable || opener === document.body || !opener.isConnected) return;
        event.preventDefault();
        opener.focus();
      }}
    />
  );
}

/** What is asked for comes before the cross in the corner. Not called where something within took the focus already. */
function focusFirstField(event: Event) {
  const surface = event.currentTarget;
  const field =
    surface instanceof HTMLElement && surface.querySelector<HTMLElement>('input:not([type=radio]), select, textarea');
  if (!field) return;
  event.preventDefault();
  field.focus();
}

function SurfaceHead({ title, description }: Pick<ContentProps, 'title' | 'description'>) {
  return (
    // No <header>: outside of a section that is the page's banner, and the page has one.
    <div className="flex items-start gap-3 border-b border-line px-4 py-3">
      <div className="min-w-0 flex-1">
        <Radix.Title className="text-md font-semibold text-ink">{title}</Radix.Title>
        {description && <Radix.Description className="text-ink-muted">{description}</Radix.Description>}
      </div>
      <Radix.Close asChild>
        <Button variant="ghost" size="icon" aria-label="Close">
          <X size={16} aria-hidden />
        </Button>
      </Radix.Close>
    </div>
  );
}
