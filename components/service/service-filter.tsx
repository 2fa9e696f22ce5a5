'use client';

import { Search } from 'lucide-react';
import { Input } from '#components/ui/input.tsx';

interface ServiceFilterProps {
  text: string;
  found: number;
  of: number;
  onChange: (text: string) => void;
}

/** Narrows a long list while one types. */
export function ServiceFilter({ text, found, of, onChange }: ServiceFilterProps) {
  return (
    <div className="flex items-center gap-3 border-b border-line px-4 py-2">
      <Search size={14} aria-hidden className="shrink-0 text-ink-faint" />
      <Input
        type="search"
        aria-label="Filter services"
        placeholder="Part of a name"
        value={text}
        onChange={(event) => onChange(event.target.value)}
        className="w-64 max-w-full"
      />
      <span aria-live="polite" className="text-xs text-ink-muted">
        {text === '' ? '' : `${found} of ${of}`}
      </span>
    </div>
  );
}
