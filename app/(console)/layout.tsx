import type { ReactNode } from 'react';

import { navQueries } from '#components/shell/nav-queries.ts';
import { prefetch } from '#components/trpc/prefetched.tsx';
import { LaterFrame } from './later-frame.tsx';

/** As server/env.ts says it, which is out of reach of a bundle. */
function otlpUrl(): string {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: named, OTLP_HTTP_PORT: port } = process.env;
  return named || `http://127.0.0.1:${port || 4318}`;
}

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const state = await prefetch((trpc) => Object.values(navQueries(trpc)));
  // Every page shows measured data, and ages count from the moment of rendering: nothing here can be made at build time.
  return (
    <LaterFrame renderedAtMs={Date.now()} otlpUrl={otlpUrl()} state={state}>
      {children}
    </LaterFrame>
  );
}
