import { clsx } from 'clsx';
import Link from 'next/link';
import type { ComponentProps } from 'react';

/** A link within text or a table cell. */
export function TextLink({ className, ...props }: ComponentProps<typeof Link>) {
  return (
    <Link
      className={clsx(
        'rounded-sm text-ink underline decoration-line-strong decoration-1 underline-offset-[3px] hover:text-accent hover:decoration-accent',
        className,
      )}
      {...props}
    />
  );
}
