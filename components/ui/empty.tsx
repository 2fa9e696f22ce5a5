import type { ReactNode } from 'react';

interface EmptyProps {
  title: string;
  /** What to do next, or why it is fine that nothing is here. */
  children?: ReactNode;
  action?: ReactNode;
}

/** A panel without data. */
export function Empty({ title, children, action }: EmptyProps) {
  return (
    <div className="flex flex-col items-center justify-center gap-1 px-6 py-10 text-center">
      <p className="font-medium text-ink">{title}</p>
      {children && <div className="max-w-[52ch] text-ink-muted text-pretty [overflow-wrap:anywhere]">{children}</div>}
      {action && <div className="mt-3">{action}</div>}
    </div>
  );
}
