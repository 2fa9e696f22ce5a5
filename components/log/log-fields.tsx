'use client';

import { Equal, EqualNot } from 'lucide-react';
import { LongText } from '#components/trace/long-text.tsx';

interface LogFieldsProps {
  fields: Record<string, string>;
  /** Narrows the search to lines with, or with another, value. */
  onFilter: (text: string) => void;
}

/** A filter with more than this would be refused. */
const VALUE_MAX = 1_000;

/** Keys and values as they were sent; each can be asked for, or left out. */
export function LogFields({ fields, onFilter }: LogFieldsProps) {
  const entries = Object.entries(fields)
    .filter(([, value]) => value !== '')
    .toSorted(([a], [b]) => a.localeCompare(b, 'en'));
  if (entries.length === 0) return <p className="text-xs text-ink-faint">none</p>;
  return (
    <dl className="grid grid-cols-[minmax(96px,max-content)_minmax(0,1fr)] gap-x-4 text-xs">
      {entries.map(([key, value]) => (
        <div key={key} className="group/field col-span-2 grid grid-cols-subgrid py-0.5">
          <dt className="max-w-56 break-words text-ink-faint">
            <code>{key}</code>
          </dt>
          <dd className="flex min-w-0 items-start gap-1 text-ink">
            <code className="min-w-0">
              <LongText text={value} />
            </code>
            {value.length <= VALUE_MAX && !/[=!\s]/.test(key) && (
              <span className="flex shrink-0 opacity-0 focus-within:opacity-100 group-hover/field:opacity-100">
                <FilterButton label={`Only lines with this ${key}`} onClick={() => onFilter(`${key}=${value}`)}>
                  <Equal size={12} aria-hidden />
                </FilterButton>
                <FilterButton label={`Lines with another ${key}`} onClick={() => onFilter(`${key}!=${value}`)}>
                  <EqualNot size={12} aria-hidden />
                </FilterButton>
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function FilterButton({ label, onClick, children }: { label: string; onClick: () => void; children: React.ReactNode }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onClick}
      className="rounded-sm p-0.5 text-ink-faint hover:text-accent"
    >
      {children}
    </button>
  );
}
