import { clsx } from 'clsx';
import { ChevronDown, ChevronUp } from 'lucide-react';
import type { ComponentProps } from 'react';

/** A dense table of rows of 32 px, or less where density is compact; it scrolls sideways inside its panel rather than breaking the page, with the
 * words for screen readers in its cells, which are placed from the next relative box. */
export function Table({ className, ...props }: ComponentProps<'table'>) {
  return (
    <div className="relative scroll-x">
      <table className={clsx('w-full border-separate border-spacing-0 text-left', className)} {...props} />
    </div>
  );
}

export function Thead(props: ComponentProps<'thead'>) {
  return <thead {...props} />;
}

export function Tbody({ className, ...props }: ComponentProps<'tbody'>) {
  return <tbody className={clsx('[&>tr:last-child>td]:border-b-0', className)} {...props} />;
}

interface TrProps extends ComponentProps<'tr'> {
  selected?: boolean;
}

export function Tr({ selected, className, ...props }: TrProps) {
  return (
    <tr
      aria-selected={selected}
      className={clsx('group/row hover:bg-hover', selected && 'bg-selected hover:bg-selected', className)}
      {...props}
    />
  );
}

interface ThProps extends ComponentProps<'th'> {
  numeric?: boolean;
  /** The direction when the table is sorted by this column, null when by another; leave it out for columns that cannot sort. */
  sort?: 'asc' | 'desc' | null;
  onSort?: () => void;
}

export function Th({ numeric, sort, onSort, className, children, ...props }: ThProps) {
  const Arrow = sort === 'asc' ? ChevronUp : ChevronDown;
  return (
    <th
      scope="col"
      aria-sort={sort === 'asc' ? 'ascending' : sort === 'desc' ? 'descending' : undefined}
      className={clsx(
        'h-row whitespace-nowrap border-b border-line px-3 text-2xs font-medium text-ink-faint first:pl-4 last:pr-4',
        numeric && 'text-right',
        className,
      )}
      {...props}
    >
      {onSort ? (
        <button
          type="button"
          onClick={onSort}
          className={clsx(
            'inline-flex items-center gap-0.5 align-middle hover:text-ink',
            numeric && 'flex-row-reverse',
            sort && 'text-ink',
          )}
        >
          {children}
          <Arrow size={12} aria-hidden className={clsx(!sort && 'opacity-0')} />
        </button>
      ) : (
        children
      )}
    </th>
  );
}

interface TdProps extends ComponentProps<'td'> {
  numeric?: boolean;
}

export function Td({ numeric, className, ...props }: TdProps) {
  return (
    <td
      className={clsx(
        'h-row border-b border-line px-3 py-row-pad first:pl-4 last:pr-4',
        numeric && 'whitespace-nowrap text-right',
        className,
      )}
      {...props}
    />
  );
}
