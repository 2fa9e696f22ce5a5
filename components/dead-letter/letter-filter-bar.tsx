'use client';

import type { DeadLetterList, DeadLetterStatus } from '#server/dead-letters/schema.ts';
import { Button } from '#components/ui/button.tsx';
import { Select } from '#components/ui/input.tsx';
import { Segmented } from '#components/ui/segmented.tsx';

export interface LetterFilters {
  service: string | null;
  status: DeadLetterStatus;
}

interface LetterFilterBarProps {
  filters: LetterFilters;
  list: DeadLetterList | undefined;
  onChange: (change: { service?: string | null; status?: DeadLetterStatus | null }) => void;
}

const STATUSES: { value: DeadLetterStatus; label: string; title: string }[] = [
  { value: 'open', label: 'Open', title: 'Nobody has decided about them' },
  { value: 'redriven', label: 'Redriven', title: 'Applied after all' },
  { value: 'discarded', label: 'Discarded', title: 'Given up, with a reason' },
];

/** Whose dead letters to show, and which; every change is at once in the address. */
export function LetterFilterBar({ filters: { service, status }, list, onChange }: LetterFilterBarProps) {
  const names = new Set([...(list?.services ?? []), ...(list?.unreachable.map((away) => away.service) ?? [])]);
  if (service) names.add(service);
  return (
    <div role="search" aria-label="Filter the dead letters" className="flex flex-wrap items-center gap-2 px-4 py-3">
      <Select
        aria-label="Service"
        className="w-40"
        value={service ?? ''}
        onChange={(event) => onChange({ service: event.target.value || null })}
      >
        <option value="">Any service</option>
        {[...names].toSorted().map((name) => (
          <option key={name}>{name}</option>
        ))}
      </Select>
      <Segmented label="Show" value={status} options={STATUSES} onChange={(next) => onChange({ status: next })} />
      {service && (
        <Button variant="ghost" onClick={() => onChange({ service: null })}>
          Clear filter
        </Button>
      )}
    </div>
  );
}
