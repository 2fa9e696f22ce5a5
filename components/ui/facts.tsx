import { clsx } from 'clsx';
import type { ReactNode } from 'react';

/** Label and value pairs, one a row, values aligned. */
export function Facts({ children, className }: { children: ReactNode; className?: string }) {
  return <dl className={clsx('grid grid-cols-[max-content_1fr] gap-x-6 gap-y-1.5', className)}>{children}</dl>;
}

export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-faint">{label}</dt>
      <dd className="min-w-0 break-words text-ink">{children}</dd>
    </>
  );
}
