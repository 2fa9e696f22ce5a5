'use client';

import { CommitInput } from '#components/trace/commit-input.tsx';
import { Button } from '#components/ui/button.tsx';
import { Select } from '#components/ui/input.tsx';
import { Segmented } from '#components/ui/segmented.tsx';

export interface ErrorFilters {
  q: string | null;
  service: string | null;
  source: 'span' | 'log' | null;
  show: 'all' | 'new';
}

interface ErrorFilterBarProps {
  filters: ErrorFilters;
  services: readonly string[];
  onChange: (change: { [K in keyof ErrorFilters]?: ErrorFilters[K] | null }) => void;
}

const SHOWN: { value: 'all' | 'new'; label: string; title?: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'new', label: 'New', title: 'Never seen before this time' },
];

/** Which kinds of failure to show; every change is at once in the address. */
export function ErrorFilterBar({ filters, services, onChange }: ErrorFilterBarProps) {
  const { q, service, source, show } = filters;
  const known = service && !services.includes(service) ? [service, ...services] : services;
  return (
    <div
      role="search"
      aria-label="Filter the errors"
      className="flex flex-wrap items-center gap-2 px-4 py-3 max-md:*:grow"
    >
      <CommitInput
        type="search"
        aria-label="Search"
        placeholder="Type, operation or message"
        spellCheck={false}
        autoComplete="off"
        className="min-w-0 flex-1 basis-60"
        value={q ?? ''}
        onCommit={(text) => onChange({ q: text || null })}
      />
      <Select
        aria-label="Service"
        className="w-40"
        value={service ?? ''}
        onChange={(event) => onChange({ service: event.target.value || null })}
      >
        <option value="">Any service</option>
        {known.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </Select>
      <Select
        aria-label="Where it was seen"
        className="w-40"
        value={source ?? ''}
        onChange={(event) => onChange({ source: sourceOf(event.target.value) })}
      >
        <option value="">Spans and logs</option>
        <option value="span">Spans</option>
        <option value="log">Logs</option>
      </Select>
      <Segmented label="Show" value={show} options={SHOWN} onChange={(next) => onChange({ show: next })} />
      {(q || service || source || show === 'new') && (
        <Button variant="ghost" onClick={() => onChange({ q: null, service: null, source: null, show: null })}>
          Clear filters
        </Button>
      )}
    </div>
  );
}

function sourceOf(value: string): ErrorFilters['source'] {
  return value === 'span' || value === 'log' ? value : null;
}
