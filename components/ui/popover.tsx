'use client';

import { clsx } from 'clsx';
import { Popover as Radix } from 'radix-ui';
import type { ComponentProps, RefObject } from 'react';

export const Popover = Radix.Root;
export const PopoverTrigger = Radix.Trigger;
export const PopoverAnchor = Radix.Anchor;

export function PopoverContent({ className, align = 'end', ...props }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content
        align={align}
        sideOffset={6}
        collisionPadding={8}
        className={clsx('z-50 animate-enter rounded-md border border-line-strong bg-raised shadow-pop', className)}
        {...props}
      />
    </Radix.Portal>
  );
}

interface AnchoredPopoverProps extends ComponentProps<typeof PopoverContent> {
  /** The button that opened it, and closes it. */
  anchor: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
}

/** A popover that is only there while it is open, so that its code can come when it is asked for. */
export function AnchoredPopover({ anchor, onClose, ...props }: AnchoredPopoverProps) {
  return (
    <Popover open onOpenChange={(open) => !open && onClose()}>
      {/* Safe because this is only there once the button was clicked. */}
      <PopoverAnchor virtualRef={anchor as RefObject<HTMLButtonElement>} />
      <PopoverContent
        onInteractOutside={(event) => {
          // The button closes what it opened by itself.
          if (anchor.current?.contains(event.target as Node)) event.preventDefault();
        }}
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          anchor.current?.focus();
        }}
        {...props}
      />
    </Popover>
  );
}
