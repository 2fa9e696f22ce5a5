'use client';

import { QueryClientProvider } from '@tanstack/react-query';
import { createTRPCClient, httpBatchStreamLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import { useState, type ReactNode } from 'react';
import type { AppRouter } from '#server/trpc/root.ts';
import { TRPCProvider } from './context.ts';
import { createQueryClient } from './query-client.ts';

const URL = '/api/trpc';
/** Longer batches would be refused by proxies that bound the request line. */
const BATCH_URL_CHARS_MAX = 6000;

function createClient() {
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (op) => op.type === 'subscription',
        true: httpSubscriptionLink({ url: URL }),
        // Answers come as they are ready: one slow question holds up no other of its batch.
        false: httpBatchStreamLink({ url: URL, maxURLLength: BATCH_URL_CHARS_MAX }),
      }),
    ],
  });
}

/** Gives the pages below their server state. */
export function ServerStateProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(createQueryClient);
  const [trpcClient] = useState(createClient);
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider queryClient={queryClient} trpcClient={trpcClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}
