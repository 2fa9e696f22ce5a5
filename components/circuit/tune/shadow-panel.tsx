'use client';

import { useState } from 'react';
import type { Circuit, CircuitShadow } from '#server/circuits/schema.ts';
import { formatInteger } from '#components/format/number.ts';
import { Moment } from '#components/format/moment.tsx';
import { Button } from '#components/ui/button.tsx';
import { Fact, Facts } from '#components/ui/facts.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { ReasonForm } from '#components/ui/reason-form.tsx';
import { stateBands } from '../state-bands.ts';
import { BandRows } from './band-rows.tsx';
import { describeOutcome } from './describe-replay.ts';
import { describeTuned } from './describe-tuned.ts';
import { sumShadow } from './sum-shadow.ts';
import type { useTune } from './use-tune.ts';

interface ShadowPanelProps {
  circuit: Pick<Circuit, 'reporter' | 'name' | 'instances'>;
  shadow: CircuitShadow;
  tune: ReturnType<typeof useTune>;
}

const ACTIONS = { 'apply-shadow': 'Apply it', 'end-shadow': 'End the shadow' } as const;

/** What other settings would have done so far beside those in force, and what becomes of them. */
export function ShadowPanel({ circuit, shadow, tune }: ShadowPanelProps) {
  const [asked, setAsked] = useState<keyof typeof ACTIONS | null>(null);
  const { reporter, name } = circuit;
  const { range, sinceMs } = shadow;
  const counts = sumShadow(shadow);
  const states = shadow.instances.map(({ instance, state }) => ({ instance, state, sinceMs: range.fromMs }));
  const moves = shadow.transitions.map((move) => ({ ...move, reporter, name }));
  const error = tune.variables?.kind === asked ? tune.error : null;
  return (
    <Panel title="Shadow" note={describeTuned(shadow.settings)}>
      <div className="px-4 pt-4">
        <p className="text-base font-medium text-ink text-pretty">
          {shadow.instances.length === 0
            ? 'No gateway has taken it up yet.'
            : `In force, these settings ${describeOutcome(counts)}.`}
        </p>
        <p className="mt-1 break-words text-ink-muted text-pretty">
          They decide beside those in force since <Moment ms={sinceMs} show="both" />, and refuse nobody:{' '}
          {shadow.reason}, {shadow.by}.
        </p>
      </div>
      <BandRows
        range={range}
        rows={[
          { label: 'Really', bands: stateBands(circuit, shadow.really, range) },
          { label: 'The shadow', bands: stateBands({ reporter, name, instances: states }, moves, range) },
        ]}
      />
      <div className="border-t border-line px-4 py-3">
        <Facts className="text-xs tabular-nums">
          <Fact label="Opened">
            {formatInteger(counts.opened)}, really {formatInteger(counts.reallyOpened)}
          </Fact>
          <Fact label="Calls it would have refused">{byEnd(counts.refused)}</Fact>
          <Fact label="Calls it would have let through">{byEnd(counts.passed)}</Fact>
        </Facts>
        <p className="mt-2 text-2xs text-ink-faint text-pretty">
          Counted by {shadow.instances.map(({ instance }) => instance).join(', ') || 'nobody yet'}, each with a breaker
          of its own that begins closed. Unknown are calls that were really refused, whose client left, or that one
          instance alone failed.
        </p>
      </div>
      <div className="border-t border-line p-4">
        {asked ? (
          <ReasonForm
            key={asked}
            action={ACTIONS[asked]}
            isPending={tune.isPending}
            error={error}
            onConfirm={(reason) => tune.mutate({ kind: asked, sinceMs, reason }, { onSuccess: () => setAsked(null) })}
            takesFocus
            onCancel={() => setAsked(null)}
          />
        ) : (
          <div className="flex flex-wrap gap-2">
            {(['apply-shadow', 'end-shadow'] as const).map((kind) => (
              <Button
                key={kind}
                variant={kind === 'apply-shadow' ? 'primary' : 'secondary'}
                onClick={() => {
                  tune.reset();
                  setAsked(kind);
                }}
              >
                {ACTIONS[kind]}
              </Button>
            ))}
          </div>
        )}
      </div>
    </Panel>
  );
}

function byEnd({ good, failing, unknown }: CircuitShadow['instances'][number]['refused']): string {
  const all = good + failing + unknown;
  if (all === 0) return 'none';
  return `${formatInteger(all)}: ${formatInteger(good)} good, ${formatInteger(failing)} failing, ${formatInteger(unknown)} unknown`;
}
