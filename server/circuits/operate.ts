import type { AuditInput } from '#server/audit/write-audit.ts';
import { applyChange, type GatewayContext } from '#server/gateway/apply-change.ts';
import type { WantedBreaker } from '#server/gateway/document.ts';
import type { OperationResult } from '#server/gateway/schema.ts';
import { subjectOf } from './find-operable.ts';

export type OperateContext = GatewayContext;

interface Operation {
  verb: `circuits.${string}`;
  breaker: { reporter: string; name: string };
  at: Date;
  reason: string;
  /** Beside reason and version. */
  input: AuditInput['input'];
  change: (wanted: WantedBreaker) => WantedBreaker;
}

/** The common end of what operators do to a breaker. */
export function operate(
  ctx: Pick<OperateContext, 'db' | 'gateways' | 'actor'>,
  { breaker, change, ...deed }: Operation,
): Promise<OperationResult> {
  const { name } = breaker;
  return applyChange(ctx, {
    ...deed,
    subject: subjectOf(breaker),
    change: ({ breakers, ...others }) => ({
      ...others,
      breakers: { ...breakers, [name]: change(breakers[name] ?? { forced: null, note: '' }) },
    }),
  });
}
