'use client';

import { useState, type FormEvent } from 'react';
import type { CircuitSettings } from '#server/circuits/schema.ts';
import { Input } from '#components/ui/input.tsx';
import { ReplayButtons } from '../replay-buttons.tsx';
import { draftOf, readDraft, TUNE_FIELDS, writeChoice, type ChosenSettings } from './tune-draft.ts';

interface SettingsFormProps {
  inForce: CircuitSettings;
  chosen: ChosenSettings;
  isBusy: boolean;
  onReplay: (chosen: ChosenSettings) => void;
}

/** The settings of a breaker to try; what is in force stands beside what was changed. */
export function SettingsForm({ inForce, chosen, isBusy, onReplay }: SettingsFormProps) {
  const [draft, setDraft] = useState(() => draftOf(chosen, inForce));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onReplay(readDraft(draft, inForce));
  };
  const changed = readDraft(draft, inForce);
  const fields = TUNE_FIELDS.filter(({ setting }) => inForce[setting] !== null);
  return (
    <form onSubmit={submit} aria-busy={isBusy} className="flex flex-col gap-4 p-4">
      <div className="grid grid-cols-[repeat(auto-fill,minmax(132px,1fr))] gap-x-4 gap-y-3">
        {fields.map(({ setting, label, unit, factor, hint, ...bounds }) => (
          <label key={setting} className="flex flex-col gap-1">
            <span className="text-xs text-ink">
              {label}
              {unit && <span className="text-ink-faint">, {unit}</span>}
            </span>
            <Input
              type="number"
              inputMode="decimal"
              {...bounds}
              value={draft[setting]}
              onChange={(event) => setDraft({ ...draft, [setting]: event.target.value })}
              className="w-full tabular-nums"
            />
            <span className="text-2xs text-ink-faint">
              {changed[setting] === undefined ? hint : `now ${shown(inForce[setting] ?? 0, factor, unit)}`}
            </span>
          </label>
        ))}
      </div>
      <ReplayButtons
        isBusy={isBusy}
        isChanged={Object.keys(changed).length > 0}
        isAnswered={writeChoice(changed) === writeChoice(chosen)}
        onReset={() => {
          setDraft(draftOf({}, inForce));
          onReplay({});
        }}
      />
    </form>
  );
}

function shown(value: number, factor: number, unit: string): string {
  return value === 0 ? 'none' : `${value / factor}${unit && ` ${unit}`}`;
}
