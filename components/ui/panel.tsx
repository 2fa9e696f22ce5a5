import { clsx } from 'clsx';
import type { ReactNode } from 'react';

interface PanelProps {
  title?: ReactNode;
  /** One short line beside the title: unit, window, count. */
  note?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
  bodyClassName?: string;
  /** Needed where the title is not plain text. */
  label?: string;
}

/** A framed region of a page with a name plate. */
export function Panel({ title, note, actions, children, className, bodyClassName, label }: PanelProps) {
  return (
    <section
      aria-label={label ?? (typeof title === 'string' ? title : undefined)}
      className={clsx('flex min-w-0 flex-col overflow-hidden rounded-md border border-line bg-surface', className)}
    >
      {(title || actions) && (
        <header className="flex min-h-panel-head shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-item-pad">
          {/* A long note goes on below the title, and leaves the actions in the corner. */}
          <div className="flex min-w-0 grow basis-32 flex-wrap items-baseline gap-x-3">
            <h2 className="min-w-0 text-sm font-semibold text-ink [overflow-wrap:anywhere]">{title}</h2>
            {note && <div className="text-xs text-ink-faint">{note}</div>}
          </div>
          {actions && <div className="ml-auto flex items-center gap-1.5 print:hidden">{actions}</div>}
        </header>
      )}
      <div className={clsx('min-h-0 flex-1', bodyClassName)}>{children}</div>
    </section>
  );
}
