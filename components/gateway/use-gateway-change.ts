'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type {
  ChangeLimitsInput,
  ChangeRouteInput,
  OperationResult,
  RestoreVersionInput,
} from '#server/gateway/schema.ts';
import { useTRPC, useTRPCClient } from '#components/trpc/context.ts';

export type GatewayOrder =
  | { kind: 'limits'; input: ChangeLimitsInput }
  | { kind: 'route'; input: ChangeRouteInput }
  | { kind: 'restore'; input: RestoreVersionInput };

/** Makes a new version of what is wanted of the gateways; what it changed is asked for again however it ended. */
export function useGatewayChange() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ kind, input }: GatewayOrder): Promise<OperationResult> => {
      switch (kind) {
        case 'limits':
          return client.gateway.changeLimits.mutate(input);
        case 'route':
          return client.gateway.changeRoute.mutate(input);
        case 'restore':
          return client.gateway.restore.mutate(input);
      }
    },
    onSettled: () =>
      Promise.all(
        [trpc.gateway, trpc.circuits, trpc.limits].map((path) => queryClient.invalidateQueries(path.pathFilter())),
      ),
  });
}
