import type { ReactNode } from 'react';

/** One thing that is shown, under its name. */
export function Specimen({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="mb-5 last:mb-0">
      <h3 className="mb-1.5 text-xs font-medium text-ink-muted">{title}</h3>
      <div className="flex flex-wrap items-center gap-2">{children}</div>
    </div>
  );
}
