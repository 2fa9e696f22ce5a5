'use client';

import { useState, type FormEvent } from 'react';
import type { ReplayedTier } from '#server/limits/schema.ts';
import { Input } from '#components/ui/input.tsx';
import { ReplayButtons } from '../replay-buttons.tsx';
import { describeTier } from './describe-limits.ts';
import { draftOf, QUOTA_MAX, readDraft, WINDOW_S, writeChoice, type ChosenLimits } from './limits-draft.ts';

interface LimitsFormProps {
  tiers: readonly ReplayedTier[];
  chosen: ChosenLimits;
  isBusy: boolean;
  onReplay: (chosen: ChosenLimits) => void;
}

/** The limits of the gateway, to try others; what is in force stands beside what was changed. */
export function LimitsForm({ tiers, chosen, isBusy, onReplay }: LimitsFormProps) {
  const [draft, setDraft] = useState(() => draftOf(tiers, chosen));
  const changed = readDraft(tiers, draft);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onReplay(changed);
  };
  return (
    <form onSubmit={submit} aria-busy={isBusy} className="flex flex-col gap-4 p-4">
      <div className="grid grid-cols-[repeat(auto-fill,minmax(208px,1fr))] gap-x-6 gap-y-3">
        {tiers.map((tier) => {
          const { name } = tier;
          const own = draft[name] ?? { quota: '', windowS: '' };
          const write = (next: Partial<typeof own>) => setDraft({ ...draft, [name]: { ...own, ...next } });
          return (
            <fieldset key={name} className="min-w-0">
              <legend className="mb-1 text-xs text-ink">
                {name}
                <span className="text-ink-faint">
                  {name === 'login' ? ', of a client and account' : ', of a client'}
                </span>
              </legend>
              <div className="flex items-center gap-1.5 text-xs text-ink-muted">
                <Input
                  type="number"
                  inputMode="numeric"
                  min={1}
                  max={QUOTA_MAX}
                  step={1}
                  aria-label={`Requests, ${name}`}
                  value={own.quota}
                  onChange={(event) => write({ quota: event.target.value })}
                  className="min-w-0 flex-1 tabular-nums"
                />
                in
                <Input
                  type="number"
                  inputMode="decimal"
                  {...WINDOW_S}
                  step={0.1}
                  aria-label={`Seconds, ${name}`}
                  value={own.windowS}
                  onChange={(event) => write({ windowS: event.target.value })}
                  className="min-w-0 flex-1 tabular-nums"
                />
                s
              </div>
              <p className="mt-1 text-2xs text-ink-faint">
                {changed[name] ? `now ${describeTier(tier)}` : 'Requests in a window that begins with the first.'}
              </p>
            </fieldset>
          );
        })}
      </div>
      <ReplayButtons
        isBusy={isBusy}
        isChanged={Object.keys(changed).length > 0}
        isAnswered={writeChoice(changed) === writeChoice(chosen)}
        onReset={() => {
          setDraft(draftOf(tiers, {}));
          onReplay({});
        }}
      />
    </form>
  );
}
