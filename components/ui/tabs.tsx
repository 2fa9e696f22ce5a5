'use client';

import { clsx } from 'clsx';
import { Tabs as Radix } from 'radix-ui';
import type { ComponentProps } from 'react';
import { formatInteger } from '#components/format/number.ts';

/** Tabs over panels; keep `value` in the URL. */
export const Tabs = Radix.Root;
export const TabsContent = Radix.Content;

export function TabsList({ className, ...props }: ComponentProps<typeof Radix.List>) {
  return <Radix.List className={clsx('flex gap-5 overflow-x-auto border-b border-line', className)} {...props} />;
}

interface TabProps extends ComponentProps<typeof Radix.Trigger> {
  count?: number;
}

export function Tab({ count, className, children, ...props }: TabProps) {
  return (
    <Radix.Trigger
      className={clsx(
        '-mb-px flex h-9 items-center gap-1.5 whitespace-nowrap border-b-2 border-transparent text-sm text-ink-muted hover:text-ink disabled:pointer-events-none disabled:opacity-50',
        'data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink',
        className,
      )}
      {...props}
    >
      {children}
      {count !== undefined && <span className="text-xs font-normal text-ink-faint">{formatInteger(count)}</span>}
    </Radix.Trigger>
  );
}
