'use client';

import { Search } from 'lucide-react';
import Link from 'next/link';
import { attributeHref } from './attribute-filter.ts';
import { LongText } from './long-text.tsx';

interface AttributeTableProps {
  attributes: Record<string, string>;
  /** Offers to look for other traces with the same value. */
  searchable?: boolean;
}

/** Keys and values as they were sent, in order of their keys. */
export function AttributeTable({ attributes, searchable = false }: AttributeTableProps) {
  const entries = Object.entries(attributes).toSorted(([a], [b]) => a.localeCompare(b, 'en'));
  if (entries.length === 0) return <p className="text-xs text-ink-faint">none</p>;
  return (
    <dl className="grid grid-cols-[minmax(96px,max-content)_minmax(0,1fr)] gap-x-4 text-xs">
      {entries.map(([key, value]) => (
        <div key={key} className="group/attribute col-span-2 grid grid-cols-subgrid py-0.5">
          <dt className="max-w-56 break-words text-ink-faint">
            <code>{key}</code>
          </dt>
          <dd className="flex min-w-0 items-start gap-1 text-ink">
            <code className="min-w-0">
              <LongText text={value} />
            </code>
            {searchable && (
              <Link
                href={attributeHref(key, value)}
                prefetch={false}
                aria-label={`Traces with this ${key}`}
                title="Traces with the same value"
                className="shrink-0 rounded-sm p-0.5 text-ink-faint opacity-0 hover:text-accent focus-visible:opacity-100 group-hover/attribute:opacity-100"
              >
                <Search size={11} aria-hidden />
              </Link>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
