'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { OperationResult } from '#server/gateway/schema.ts';
import type { TunedSettings } from '#server/circuits/schema.ts';
import { useTRPC, useTRPCClient } from '#components/trpc/context.ts';
import { shadowable, type ChosenSettings } from './tune-draft.ts';

export type TuneOrder = { reason: string } & (
  | { kind: 'apply'; chosen: ChosenSettings }
  | { kind: 'start-shadow'; chosen: ChosenSettings }
  | { kind: 'apply-shadow' | 'end-shadow'; sinceMs: number }
  | { kind: 'restore'; version: number }
  | { kind: 'as-started' }
);

const AS_STARTED = {
  failureThreshold: null,
  resetTimeoutMs: null,
  halfOpenSuccessCount: null,
  windowMs: null,
  failurePercent: null,
  answerTimeoutMs: null,
  retriesMax: null,
} satisfies TunedSettings;

/** Makes a new version of the settings, or of what decides beside them; what it changed is asked for again however it ended. */
export function useTune(breaker: { reporter: string; name: string }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (order: TuneOrder): Promise<OperationResult> => {
      const { reason } = order;
      switch (order.kind) {
        case 'restore':
          return client.circuits.restore.mutate({ ...breaker, reason, version: order.version });
        case 'as-started':
          return client.circuits.tune.mutate({ ...breaker, reason, ...AS_STARTED });
        case 'start-shadow':
          return client.circuits.startShadow.mutate({ ...breaker, reason, ...shadowable(order.chosen) });
        case 'apply-shadow':
          return client.circuits.applyShadow.mutate({ ...breaker, reason, sinceMs: order.sinceMs });
        case 'end-shadow':
          return client.circuits.endShadow.mutate({ ...breaker, reason, sinceMs: order.sinceMs });
        case 'apply': {
          const { windowMs, ...chosen } = order.chosen;
          // Without a window is how gateways start.
          const window = windowMs === undefined ? {} : { windowMs: windowMs || null };
          return client.circuits.tune.mutate({ ...breaker, reason, ...chosen, ...window });
        }
      }
    },
    onSettled: () => queryClient.invalidateQueries(trpc.circuits.pathFilter()),
  });
}
