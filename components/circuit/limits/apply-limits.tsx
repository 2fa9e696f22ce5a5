'use client';

import type { GatewayConfiguration } from '#server/gateway/schema.ts';
import { describeLimitChanges, limitsToAskFor } from '#components/gateway/limit-changes.ts';
import type { useGatewayChange } from '#components/gateway/use-gateway-change.ts';
import { Panel } from '#components/ui/panel.tsx';
import { ReasonForm } from '#components/ui/reason-form.tsx';
import type { ChosenLimits } from './limits-draft.ts';

interface ApplyLimitsProps {
  chosen: ChosenLimits;
  configuration: GatewayConfiguration;
  change: ReturnType<typeof useGatewayChange>;
  onDone: () => void;
}

/** Puts the limits that were replayed in force, after saying what that changes of those that are. */
export function ApplyLimits({ chosen, configuration, change, onDone }: ApplyLimitsProps) {
  const { whyNot, inForce, version } = configuration;
  const limits = inForce?.limits ?? [];
  const changes = describeLimitChanges(limits, chosen);
  if (whyNot !== '')
    return (
      <Panel title="Apply these limits" bodyClassName="p-4">
        <p className="text-ink-muted text-pretty">{whyNot}</p>
      </Panel>
    );
  if (changes.length === 0) return null;
  return (
    <Panel title="Apply these limits" bodyClassName="p-4">
      <p className="text-ink text-pretty">
        A new version, in force at once on every gateway, until it is changed again. What was counted stays counted.
      </p>
      <ul className="mb-3 mt-1 list-disc pl-4 text-ink-muted">
        {changes.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <ReasonForm
        action="Apply these limits"
        isPending={change.isPending}
        error={change.error}
        onConfirm={(reason) =>
          change.mutate(
            { kind: 'limits', input: { limits: limitsToAskFor(limits, chosen), expectedVersion: version, reason } },
            { onSuccess: onDone },
          )
        }
      />
    </Panel>
  );
}
