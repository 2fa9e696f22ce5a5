'use client';

import { useQuery } from '@tanstack/react-query';
import { ranged } from '#components/time-range/ranged.ts';
import { useTimeRange } from '#components/time-range/use-time-range.ts';
import { useTRPC, useTRPCClient } from '#components/trpc/context.ts';
import { describeSampling } from './describe-sampling.ts';

/** Says beside counts that they are estimates, where sampling kept a share only; nothing elsewhere. Of one service or of all. */
export function SamplingNote({ service }: { service?: string }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const { window } = useTimeRange();
  const { data } = useQuery(
    ranged(trpc.services.keptShares.pathKey(), window, { service }, (range, signal) =>
      client.services.keptShares.query({ range, service }, { signal }),
    ),
  );
  const text = data && describeSampling(data);
  return text ? <div data-testid="sampling-note">{text}</div> : null;
}
