'use client';

import { useState } from 'react';
import { Panel } from '#components/ui/panel.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { ReasonForm } from '#components/ui/reason-form.tsx';
import { describeTuned } from './describe-tuned.ts';
import { shadowable, type ChosenSettings } from './tune-draft.ts';
import type { useTune } from './use-tune.ts';

interface ApplyPanelProps {
  chosen: ChosenSettings;
  tune: ReturnType<typeof useTune>;
  /** Why nobody can operate it from here; empty when they can. */
  whyNot: string;
  /** A shadow is there, and another takes its place. */
  hasShadow: boolean;
  onDone: () => void;
}

/** Puts the chosen settings in force, or lets them decide beside those in force for a while. */
export function ApplyPanel({ chosen, tune, whyNot, hasShadow, onDone }: ApplyPanelProps) {
  const [how, setHow] = useState<'apply' | 'start-shadow'>('apply');
  const judged = shadowable(chosen);
  const left = describeTuned({ answerTimeoutMs: chosen.answerTimeoutMs, retriesMax: chosen.retriesMax });
  if (whyNot !== '')
    return (
      <Panel title="Apply" bodyClassName="p-4">
        <p className="text-ink-muted text-pretty">{whyNot}</p>
      </Panel>
    );
  const canShadow = Object.keys(judged).length > 0;
  return (
    <Panel title="Apply" bodyClassName="p-4">
      {canShadow && (
        <div className="mb-3">
          <Segmented
            label="How to apply it"
            value={how}
            options={[
              { value: 'apply', label: 'In force at once' },
              { value: 'start-shadow', label: 'As a shadow first' },
            ]}
            onChange={setHow}
          />
        </div>
      )}
      <p className="mb-3 text-ink text-pretty">
        {how === 'apply' || !canShadow ? (
          <>A new version: {describeTuned(chosen)}; on every gateway at once, until it is changed again.</>
        ) : (
          <>
            Beside what is in force, on every gateway: {describeTuned(judged)}. It hears how the same calls end and
            decides, but refuses nobody; what it would have done is counted until you apply or end it.
            {left !== '' && ` Not tried, because it acts on calls: ${left}.`}
            {hasShadow && ' It takes the place of the shadow that runs now.'}
          </>
        )}
      </p>
      <ReasonForm
        key={how}
        action={how === 'apply' || !canShadow ? 'Apply' : 'Begin the shadow'}
        isPending={tune.isPending}
        error={tune.variables?.kind === 'apply' || tune.variables?.kind === 'start-shadow' ? tune.error : null}
        onConfirm={(reason) => tune.mutate({ kind: canShadow ? how : 'apply', chosen, reason }, { onSuccess: onDone })}
      />
    </Panel>
  );
}
