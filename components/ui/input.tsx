import { clsx } from 'clsx';
import type { ComponentProps } from 'react';

const FIELD =
  'h-7 rounded-md border border-line-strong bg-sunken px-2.5 text-sm text-ink placeholder:text-ink-faint hover:border-ink-faint focus-visible:outline-offset-0 disabled:opacity-50';

/** A text field; give it a label or an `aria-label`. */
export function Input({ className, type = 'text', ...props }: ComponentProps<'input'>) {
  return <input type={type} className={clsx(FIELD, className)} {...props} />;
}

/** The platform's own select in our dress: it is the one that works on every phone. */
export function Select({ className, ...props }: ComponentProps<'select'>) {
  return (
    <span className={clsx('relative inline-flex', className)}>
      <select className={clsx(FIELD, 'w-full appearance-none pr-7')} {...props} />
      <svg
        aria-hidden
        viewBox="0 0 10 6"
        className="pointer-events-none absolute right-2.5 top-1/2 w-2.5 -translate-y-1/2 text-ink-faint"
      >
        <path d="m1 1 4 4 4-4" stroke="currentColor" strokeWidth="1.4" fill="none" />
      </svg>
    </span>
  );
}
