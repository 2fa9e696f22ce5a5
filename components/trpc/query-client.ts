import { QueryClient } from '@tanstack/react-query';

/** One client a request on the server, one a tab in the browser; both must agree on how long an answer is fresh. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // What the server rendered must not be asked for again by hydration; live events invalidate sooner.
        staleTime: 5_000,
        gcTime: 5 * 60_000,
        // A failed panel says so quickly; the next tick tries again anyway.
        retry: 1,
        retryDelay: 1_000,
      },
    },
  });
}
