'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { OperationResult } from '#server/gateway/schema.ts';
import { useTRPC, useTRPCClient } from '#components/trpc/context.ts';
import type { OperationKind } from './operations.ts';

export interface OperationOrder {
  kind: OperationKind;
  reason: string;
  minutes: number;
}

/** Carries an order out; what it changed is asked for again however it ended. */
export function useOperation(breaker: { reporter: string; name: string }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ kind, reason, minutes }: OperationOrder): Promise<OperationResult> => {
      const { reporter, name } = breaker;
      switch (kind) {
        case 'force-open':
          return client.circuits.force.mutate({ reporter, name, side: 'open', reason, minutes });
        case 'force-closed':
          return client.circuits.force.mutate({ reporter, name, side: 'closed', reason, minutes });
        case 'release':
          return client.circuits.release.mutate({ reporter, name, reason });
        case 'probe':
          return client.circuits.probe.mutate({ reporter, name, reason });
      }
    },
    onSettled: () => {
      void queryClient.invalidateQueries(trpc.circuits.pathFilter());
      void queryClient.invalidateQueries(trpc.topology.pathFilter());
    },
  });
}
