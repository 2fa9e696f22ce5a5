'use client';

import { HydrationBoundary, type DehydratedState } from '@tanstack/react-query';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { useEffect, type ReactNode } from 'react';
import { replayEarlyClick } from '#components/later/early-clicks.ts';
import { ClockProvider } from '#components/live/clock.tsx';
import { ServerStateProvider } from '#components/trpc/provider.tsx';
import { OtlpUrlProvider } from '#components/ui/otlp-url.tsx';
import { Shell } from './shell.tsx';

interface FrameProps {
  renderedAtMs: number;
  /** Where telemetry is to be sent. */
  otlpUrl: string;
  /** What the frame asks for first, as the server asked it. */
  state: DehydratedState;
  children: ReactNode;
}

/** The frame of every page with what the pages stand on: address, clock and server state. */
export function Frame({ renderedAtMs, otlpUrl, state, children }: FrameProps) {
  // Synchronises with the visitor, who may have clicked before there was code to answer.
  useEffect(replayEarlyClick, []);
  return (
    <NuqsAdapter>
      <ClockProvider renderedAtMs={renderedAtMs}>
        <ServerStateProvider>
          <HydrationBoundary state={state}>
            <OtlpUrlProvider value={otlpUrl}>
              <Shell>{children}</Shell>
            </OtlpUrlProvider>
          </HydrationBoundary>
        </ServerStateProvider>
      </ClockProvider>
    </NuqsAdapter>
  );
}
