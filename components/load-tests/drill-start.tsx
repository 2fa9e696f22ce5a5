'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { ScenarioLine, ScenarioName } from '#server/drills/schema.ts';
import { useTRPC } from '#components/trpc/context.ts';
import { Button } from '#components/ui/button.tsx';
import { NumberField } from './number-field.tsx';

interface DrillStartProps {
  scenarios: readonly ScenarioLine[];
  target: string;
  isBusy: boolean;
  onStarted: (id: string) => void;
}

/** Which fault, for how long; says what it would break before it does. */
export function DrillStart({ scenarios, target, isBusy, onStarted }: DrillStartProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [name, setName] = useState<ScenarioName>(scenarios[0]?.name ?? 'payments-errors');
  const [workers, setWorkers] = useState(12);
  const [faultSeconds, setFaultSeconds] = useState(30);
  const start = useMutation(
    trpc.drills.start.mutationOptions({
      onSuccess: async ({ id }) => {
        onStarted(id);
        await queryClient.invalidateQueries(trpc.drills.pathFilter());
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    start.mutate({ scenario: name, workers, faultSeconds });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3.5 px-4 py-3.5">
      <fieldset className="grid gap-2 md:grid-cols-3">
        <legend className="mb-1.5 text-xs text-ink-muted">What breaks</legend>
        {scenarios.map((scenario) => (
          <label
            key={scenario.name}
            className="flex cursor-pointer flex-col gap-1 rounded-md border border-line px-3 py-2.5 hover:bg-hover has-checked:border-accent has-checked:bg-selected has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <span className="flex items-center gap-2 font-medium text-ink">
              <input
                type="radio"
                name="scenario"
                value={scenario.name}
                checked={scenario.name === name}
                onChange={() => setName(scenario.name)}
                className="accent-accent"
              />
              {scenario.title}
            </span>
            <span className="text-xs text-ink-muted text-pretty">{scenario.what}</span>
            <span className="text-2xs text-ink-faint">
              Breaker within {scenario.breakerWithinS} s, back to normal within {scenario.recoverWithinS} s
            </span>
          </label>
        ))}
      </fieldset>
      <div className="flex flex-wrap items-end gap-x-4 gap-y-3">
        <NumberField label="Fault, seconds" value={faultSeconds} min={10} max={180} onChange={setFaultSeconds} />
        <NumberField label="Shoppers meanwhile" value={workers} min={4} max={50} onChange={setWorkers} />
        <Button type="submit" variant="danger" disabled={isBusy || start.isPending} className="max-sm:h-9">
          {start.isPending ? 'Starting…' : 'Start the drill'}
        </Button>
      </div>
      <p className="max-w-[90ch] text-xs text-ink-muted text-pretty">
        Puts a real fault into a service behind <code>{target}</code>: everybody who shops there meets it, and channels
        are told of the alerts. It is taken out at the end, when you stop the drill, and when the console is started
        again. With the minute that rows are left to settle, a drill takes two to four.
      </p>
      {start.error && (
        <p role="alert" className="text-critical text-pretty">
          Not started: {start.error.message}
        </p>
      )}
    </form>
  );
}
