'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { DeadLetterRow } from '#server/dead-letters/schema.ts';
import { useTRPC, useTRPCClient } from '#components/trpc/context.ts';
import { decideLetters, type Decision, type Outcome } from './decide-letters.ts';

/** Decides about letters and keeps what became of each; what was changed is asked for again. */
export function useDecisions(decision: Decision, letters: readonly DeadLetterRow[]) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([]);
  const [state, setState] = useState<'asking' | 'running' | 'over'>('asking');
  const abort = useRef<AbortController>(null);

  // Synchronises with the requests under way: a dialog that is gone sends no further one.
  useEffect(() => () => abort.current?.abort(), []);

  async function run(reason: string): Promise<void> {
    const stop = new AbortController();
    abort.current = stop;
    setState('running');
    await decideLetters(letters, {
      decide: ({ service, eventId }) => client.deadLetters[decision].mutate({ service, eventId, reason }),
      report: setOutcomes,
      signal: stop.signal,
    });
    setState('over');
    await queryClient.invalidateQueries(trpc.deadLetters.pathFilter());
  }
  return { outcomes, state, run, stop: () => abort.current?.abort() };
}
