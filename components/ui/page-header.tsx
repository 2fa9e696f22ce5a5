import type { ReactNode } from 'react';

interface PageHeaderProps {
  title: ReactNode;
  /** The page's answer in a line, or what it is about. */
  lead?: ReactNode;
  actions?: ReactNode;
}

/** The head of a page: its one `h1`. */
export function PageHeader({ title, lead, actions }: PageHeaderProps) {
  return (
    <header className="mb-5 flex flex-wrap items-start gap-x-6 gap-y-3">
      {/* Wide enough to be read: actions that leave less stand below. */}
      <div className="min-w-0 grow basis-56">
        <h1 className="text-xl font-semibold tracking-[-0.012em] text-ink text-balance">{title}</h1>
        {lead && <div className="mt-0.5 max-w-[80ch] text-ink-muted text-pretty">{lead}</div>}
      </div>
      {actions && <div className="flex items-center gap-2">{actions}</div>}
    </header>
  );
}
