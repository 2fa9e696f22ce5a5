import { Readable } from 'node:stream';
import { noop as once, type RetryPolicy } from 'cockatiel';
import { repeatWithin } from '#services/kit/retry/repeat-within.ts';
import type { RetryBudget } from '#services/kit/retry/retry-budget.ts';
import { callUpstream, type CallResult, type UpstreamCall, type UpstreamService } from './call-upstream.ts';

export interface ProxyTarget extends UpstreamService {
  retry: RetryPolicy;
  retryBudget: RetryBudget;
}

/** Calls a service, and once more where that may be done and is worth it. */
export async function sendCall(
  target: ProxyTarget,
  call: Omit<UpstreamCall, 'tried'>,
  isRepeated: boolean,
): Promise<CallResult> {
  let last: CallResult | undefined;
  const tried = new Set<string>();
  const result = await repeatWithin(
    isRepeated ? target.retry : once,
    target.retryBudget,
    async (): Promise<CallResult> => {
      // The connection of an answer that nobody reads would be lost to the pool.
      if (last?.kind === 'answer') await last.body.dump().catch(() => undefined);
      last = await callUpstream(target, { ...call, headers: { ...call.headers }, tried });
      return last;
    },
  );
  // Nobody reads the body of a call that was not made; its timer and pipe would live on.
  if (result.kind !== 'answer' && call.body instanceof Readable) call.body.destroy();
  return result;
}
