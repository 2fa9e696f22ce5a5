import { connection } from 'next/server';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import type { ReactNode } from 'react';
import { ClockProvider } from '#components/live/clock.tsx';
import { navQueries } from '#components/shell/nav-queries.ts';
import { Shell } from '#components/shell/shell.tsx';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { ServerStateProvider } from '#components/trpc/provider.tsx';

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  // Every page shows measured data, and ages count from the moment of rendering: nothing here can be made at build time.
  await connection();
  return (
    <NuqsAdapter>
      <ClockProvider renderedAtMs={Date.now()}>
        <ServerStateProvider>
          <Prefetched queries={(trpc) => Object.values(navQueries(trpc))}>
            <Shell>{children}</Shell>
          </Prefetched>
        </ServerStateProvider>
      </ClockProvider>
    </NuqsAdapter>
  );
}
