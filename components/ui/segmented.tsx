'use client';

import { clsx } from 'clsx';

interface SegmentedProps<T extends string> {
  /** What is being chosen, for screen readers. */
  label: string;
  value: T;
  options: { value: T; label: string; title?: string }[];
  onChange: (value: T) => void;
}

/** A choice between two to five short words that are all worth seeing. */
export function Segmented<T extends string>({ label, value, options, onChange }: SegmentedProps<T>) {
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className="inline-flex h-7 w-fit rounded-md border border-line-strong bg-sunken p-0.5"
    >
      {options.map((option) => (
        <label
          key={option.value}
          title={option.title}
          className={clsx(
            'flex cursor-pointer items-center rounded-sm px-2 text-xs has-focus-visible:outline-2 has-focus-visible:outline-accent',
            option.value === value ? 'bg-raised font-medium text-ink' : 'text-ink-muted hover:text-ink',
          )}
        >
          <input
            type="radio"
            name={label}
            className="sr-only"
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </div>
  );
}
