'use client';

import { clsx } from 'clsx';
import { DropdownMenu as Radix } from 'radix-ui';
import type { ComponentProps } from 'react';

export const DropdownMenu = Radix.Root;
export const DropdownMenuTrigger = Radix.Trigger;

const ITEM =
  'relative flex h-7 cursor-default select-none items-center gap-2 rounded-sm px-2 text-sm text-ink outline-none data-highlighted:bg-hover data-disabled:opacity-50';

export function DropdownMenuContent({ className, align = 'end', ...props }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content
        align={align}
        sideOffset={6}
        collisionPadding={8}
        className={clsx(
          'z-50 min-w-44 animate-enter rounded-md border border-line-strong bg-raised p-1 shadow-pop',
          className,
        )}
        {...props}
      />
    </Radix.Portal>
  );
}

export function DropdownMenuItem({ className, ...props }: ComponentProps<typeof Radix.Item>) {
  return <Radix.Item className={clsx(ITEM, className)} {...props} />;
}

export function DropdownMenuLabel({ className, ...props }: ComponentProps<typeof Radix.Label>) {
  return <Radix.Label className={clsx('px-2 pb-1 pt-1.5 text-2xs text-ink-faint', className)} {...props} />;
}

export function DropdownMenuSeparator() {
  return <Radix.Separator className="-mx-1 my-1 h-px bg-line" />;
}
