'use client';

import type { CircuitControl, CircuitSettings } from '#server/circuits/schema.ts';
import { Input } from '#components/ui/input.tsx';

export type TuneDraft = Record<keyof CircuitSettings, string>;

const FIELDS = [
  { setting: 'failureThreshold', label: 'Failures in a row that open it', min: 1, max: 1_000, step: 1 },
  { setting: 'resetTimeoutMs', label: 'Stays open for, in seconds', min: 0.1, max: 3_600, step: 0.1 },
  { setting: 'halfOpenSuccessCount', label: 'Trial calls that close it', min: 1, max: 100, step: 1 },
] as const satisfies { setting: keyof CircuitSettings; label: string; min: number; max: number; step: number }[];

/** The settings as an operator wrote them last; empty where the gateway's own hold. */
export function draftOf({ tuned }: CircuitControl): TuneDraft {
  return {
    failureThreshold: textOf(tuned.failureThreshold),
    resetTimeoutMs: textOf(tuned.resetTimeoutMs === null ? null : tuned.resetTimeoutMs / 1_000),
    halfOpenSuccessCount: textOf(tuned.halfOpenSuccessCount),
  };
}

export function readDraft(draft: TuneDraft): CircuitControl['tuned'] {
  const seconds = numberOf(draft.resetTimeoutMs);
  return {
    failureThreshold: numberOf(draft.failureThreshold),
    resetTimeoutMs: seconds === null ? null : Math.round(seconds * 1_000),
    halfOpenSuccessCount: numberOf(draft.halfOpenSuccessCount),
  };
}

function textOf(value: number | null): string {
  return value === null ? '' : String(value);
}

function numberOf(text: string): number | null {
  return text.trim() === '' ? null : Number(text);
}

interface TuneFieldsProps {
  draft: TuneDraft;
  inForce: CircuitSettings | null;
  onChange: (draft: TuneDraft) => void;
}

export function TuneFields({ draft, inForce, onChange }: TuneFieldsProps) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_104px] items-center gap-x-3 gap-y-2">
      {FIELDS.map(({ setting, label, ...bounds }) => (
        <label key={setting} className="contents">
          <span className="text-ink">
            {label}
            {inForce && <span className="text-ink-faint"> (now {shown(setting, inForce[setting])})</span>}
          </span>
          <Input
            type="number"
            inputMode="decimal"
            {...bounds}
            value={draft[setting]}
            placeholder="default"
            onChange={(event) => onChange({ ...draft, [setting]: event.target.value })}
            className="w-full text-right tabular-nums"
          />
        </label>
      ))}
    </div>
  );
}

function shown(setting: keyof CircuitSettings, value: number): string {
  return setting === 'resetTimeoutMs' ? `${value / 1_000} s` : String(value);
}
