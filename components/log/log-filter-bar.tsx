'use client';

import { X } from 'lucide-react';
import { CommitInput } from '#components/trace/commit-input.tsx';
import { Button } from '#components/ui/button.tsx';
import { Select } from '#components/ui/input.tsx';
import {
  countLogFilters,
  FIELDS_MAX,
  LEVEL_NAMES,
  NO_LOG_FILTERS,
  type LogFilterChange,
  type LogFilters,
} from './log-filters.ts';
import { parseLogQuery, writeLogText } from './parse-log-query.ts';

interface LogFilterBarProps {
  filters: LogFilters;
  services: readonly string[];
  onChange: (change: LogFilterChange) => void;
}

/** What to look for; every change is at once in the address. */
export function LogFilterBar({ filters, services, onChange }: LogFilterBarProps) {
  const known = filters.service && !services.includes(filters.service) ? [filters.service, ...services] : services;

  function search(typed: string): boolean {
    const { text, fields, service, level, trace } = parseLogQuery(typed);
    const field = [...new Set([...filters.field, ...fields])];
    if (field.length > FIELDS_MAX) return false;
    onChange({
      q: text || null,
      field,
      ...(service && { service }),
      ...(level && { level }),
      ...(trace && { trace }),
    });
    return true;
  }
  const remove = (text: string) => onChange({ field: filters.field.filter((other) => other !== text) });
  return (
    <div
      role="search"
      aria-label="Filter the lines"
      className="flex flex-wrap items-center gap-2 px-4 py-3 max-md:*:grow"
    >
      <CommitInput
        // A search that only added filters leaves the same text, and must still empty the field of them.
        key={`${filters.q} ${filters.field.join(' ')} ${filters.service} ${filters.level} ${filters.trace}`}
        type="search"
        aria-label="Search"
        placeholder="Text, key=value, or a trace id"
        title='Text of the message; key=value or key!=value for a field; level=warn; service=orders; a trace id. "Quotes" keep text as it is.'
        spellCheck={false}
        autoComplete="off"
        className="min-w-0 flex-1 basis-72 aria-invalid:border-critical"
        value={filters.q ? writeLogText(filters.q) : ''}
        onCommit={search}
      />
      <Select
        aria-label="Service"
        className="w-40"
        value={filters.service ?? ''}
        onChange={(event) => onChange({ service: event.target.value || null })}
      >
        <option value="">Any service</option>
        {known.map((service) => (
          <option key={service}>{service}</option>
        ))}
      </Select>
      <Select
        aria-label="Least severity"
        className="w-40"
        value={filters.level ?? ''}
        onChange={(event) => onChange({ level: LEVEL_NAMES.find((name) => name === event.target.value) ?? null })}
      >
        <option value="">Any severity</option>
        {LEVEL_NAMES.map((name) => (
          <option key={name} value={name}>
            {name === 'fatal' ? 'fatal only' : `${name} and above`}
          </option>
        ))}
      </Select>
      {filters.trace && (
        <Chip
          text={`trace ${filters.trace.slice(0, 8)}`}
          title={filters.trace}
          onRemove={() => onChange({ trace: null })}
        />
      )}
      {filters.field.map((text) => (
        <Chip key={text} text={text} onRemove={() => remove(text)} />
      ))}
      {countLogFilters(filters) > 0 && (
        <Button variant="ghost" onClick={() => onChange(NO_LOG_FILTERS)}>
          Clear filters
        </Button>
      )}
    </div>
  );
}

function Chip({ text, title = text, onRemove }: { text: string; title?: string; onRemove: () => void }) {
  return (
    <span className="inline-flex h-7 max-w-72 items-center gap-1 rounded-md bg-accent-soft pl-2 text-xs text-accent">
      <code className="truncate" title={title}>
        {text}
      </code>
      <button
        type="button"
        aria-label={`Remove ${text}`}
        onClick={onRemove}
        className="flex size-6 shrink-0 items-center justify-center rounded-sm hover:text-ink"
      >
        <X size={12} aria-hidden />
      </button>
    </span>
  );
}
