import type { ReactNode } from 'react';

import { navQueries } from '#components/shell/nav-queries.ts';
import { prefetch } from '#components/trpc/prefetched.tsx';
import { LaterFrame } from './later-frame.tsx';

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const state = await prefetch((trpc) => Object.values(navQueries(trpc)));
  // Every page shows measured data, and ages count from the moment of rendering: nothing here can be made at build time.
  return (
    <LaterFrame renderedAtMs={Date.now()} state={state}>
      {children}
    </LaterFrame>
  );
}
