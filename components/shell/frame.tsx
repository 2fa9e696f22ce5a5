'use client';

import { HydrationBoundary, type DehydratedState } from '@tanstack/react-query';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { useEffect, type ReactNode } from 'react';
import { replayEarlyClick } from '#components/later/early-clicks.ts';
import { ClockProvider } from '#components/live/clock.tsx';
import { ServerStateProvider } from '#components/trpc/provider.tsx';
import { Shell } from './shell.tsx';

/** Long enough for React to wake the parts within, each of which it does by itself. */
const AWAKE_MS = 100;

interface FrameProps {
  renderedAtMs: number;
  /** What the frame asks for first, as the server asked it. */
  state: DehydratedState;
  children: ReactNode;
}

/** The frame of every page with what the pages stand on: address, clock and server state. */
export function Frame({ renderedAtMs, state, children }: FrameProps) {
  // Synchronises with the visitor, who may have clicked before there was code to answer.
  useEffect(() => {
    const timer = setTimeout(replayEarlyClick, AWAKE_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <NuqsAdapter>
      <ClockProvider renderedAtMs={renderedAtMs}>
        <ServerStateProvider>
          <HydrationBoundary state={state}>
            <Shell>{children}</Shell>
          </HydrationBoundary>
        </ServerStateProvider>
      </ClockProvider>
    </NuqsAdapter>
  );
}
