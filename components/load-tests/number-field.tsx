'use client';

import { Input } from '#components/ui/input.tsx';

interface NumberFieldProps {
  label: string;
  value: number;
  min: number;
  max: number;
  step?: 'any';
  onChange: (value: number) => void;
}

/** A number under its label; the browser holds it to its bounds on submit. */
export function NumberField({ label, value, min, max, step, onChange }: NumberFieldProps) {
  return (
    <label className="flex flex-col gap-1">
      <span className="text-xs text-ink-muted">{label}</span>
      <Input
        type="number"
        inputMode="decimal"
        required
        min={min}
        max={max}
        step={step ?? 1}
        value={Number.isNaN(value) ? '' : value}
        onChange={(event) => onChange(event.target.valueAsNumber)}
        className="w-28"
      />
    </label>
  );
}
