'use client';

import { X } from 'lucide-react';
import { formatDuration } from '#components/format/duration.ts';
import { Button } from '#components/ui/button.tsx';
import { Select } from '#components/ui/input.tsx';
import { AttributeField } from './attribute-field.tsx';
import { parseAttributeFilter, writeAttributeFilter } from './attribute-filter.ts';
import { CIRCUIT_OUTCOMES } from './circuit-outcomes.ts';
import { CommitInput } from './commit-input.tsx';
import { OperationField } from './operation-field.tsx';
import { parseDurationText } from './parse-duration-text.ts';
import { ATTRIBUTES_MAX, countFilters, NO_FILTERS, OUTCOMES, type TraceFilters } from './trace-filters.ts';

type Change = { [K in keyof TraceFilters]?: TraceFilters[K] | null };

interface TraceFilterBarProps {
  filters: TraceFilters;
  services: readonly string[];
  operations: readonly string[];
  onChange: (change: Change) => void;
}

/** What to look for; every change is at once in the address. */
export function TraceFilterBar({ filters, services, operations, onChange }: TraceFilterBarProps) {
  const known = filters.service && !services.includes(filters.service) ? [filters.service, ...services] : services;

  function addAttribute(text: string): boolean {
    const filter = parseAttributeFilter(text);
    if (!filter || filters.attr.length >= ATTRIBUTES_MAX) return false;
    onChange({ attr: [...new Set([...filters.attr, writeAttributeFilter(filter)])] });
    return true;
  }
  function setDuration(end: 'min' | 'max', text: string): boolean {
    const ms = text === '' ? null : parseDurationText(text);
    if (text !== '' && ms === null) return false;
    onChange({ [end]: ms });
    return true;
  }
  return (
    <div
      role="search"
      aria-label="Filter the traces"
      className="flex flex-wrap items-center gap-2 px-4 py-3 max-md:*:grow"
    >
      <Select
        aria-label="Service"
        className="w-36"
        value={filters.service ?? ''}
        onChange={(event) => onChange({ service: event.target.value || null, operation: null })}
      >
        <option value="">Any service</option>
        {known.map((service) => (
          <option key={service}>{service}</option>
        ))}
      </Select>
      <OperationField
        key={filters.operation}
        operation={filters.operation}
        operations={operations}
        onChange={(operation) => onChange({ operation })}
      />
      <Select
        aria-label="Status"
        className="w-28"
        value={filters.status ?? ''}
        onChange={(event) => onChange({ status: statusOf(event.target.value) })}
      >
        <option value="">Any status</option>
        <option value="error">failed</option>
        <option value="ok">ok</option>
      </Select>
      <Select
        aria-label="Breaker outcome"
        className="w-44"
        value={filters.outcome ?? ''}
        onChange={(event) => onChange({ outcome: OUTCOMES.find((outcome) => outcome === event.target.value) ?? null })}
      >
        <option value="">Any breaker outcome</option>
        {OUTCOMES.map((outcome) => (
          <option key={outcome} value={outcome}>
            {CIRCUIT_OUTCOMES[outcome]?.choice ?? outcome}
          </option>
        ))}
      </Select>
      <span className="inline-flex items-center gap-1.5 text-xs text-ink-faint">
        <CommitInput
          aria-label="Shortest duration"
          placeholder="Min 0 ms"
          className="w-24 aria-invalid:border-critical"
          value={filters.min === null ? '' : formatDuration(filters.min)}
          onCommit={(text) => setDuration('min', text)}
        />
        to
        <CommitInput
          aria-label="Longest duration"
          placeholder="Max 1.5 s"
          className="w-24 aria-invalid:border-critical"
          value={filters.max === null ? '' : formatDuration(filters.max)}
          onCommit={(text) => setDuration('max', text)}
        />
      </span>
      <AttributeField service={filters.service} onAdd={addAttribute} />
      {filters.attr.map((text) => (
        <span
          key={text}
          className="inline-flex h-7 max-w-72 items-center gap-1 rounded-md bg-accent-soft pl-2 text-xs text-accent"
        >
          <code className="truncate" title={text}>
            {text}
          </code>
          <button
            type="button"
            aria-label={`Remove ${text}`}
            onClick={() => onChange({ attr: filters.attr.filter((other) => other !== text) })}
            className="flex size-6 shrink-0 items-center justify-center rounded-sm hover:text-ink"
          >
            <X size={12} aria-hidden />
          </button>
        </span>
      ))}
      {countFilters(filters) > 0 && (
        <Button variant="ghost" onClick={() => onChange(NO_FILTERS)}>
          Clear filters
        </Button>
      )}
    </div>
  );
}

function statusOf(value: string): TraceFilters['status'] {
  return value === 'error' || value === 'ok' ? value : null;
}
