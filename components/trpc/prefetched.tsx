import 'server-only';
import { context, propagation } from '@opentelemetry/api';
import { dehydrate, type DehydratedState, type FetchQueryOptions, type QueryClient } from '@tanstack/react-query';
import { createTRPCClient, httpBatchLink, type TRPCClient } from '@trpc/client';
import { createTRPCOptionsProxy, type TRPCOptionsProxy } from '@trpc/tanstack-react-query';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import type { AppRouter } from '#server/trpc/root.ts';
import { LaterHydration } from '#components/later/hydration.tsx';
import { createQueryClient } from './query-client.ts';

/** A page that waits longer for its data than this is better shown with skeletons. */
const TIMEOUT_MS = 1_500;

/** The queries that a view will ask for first, built by the same functions as in the view so that the keys agree. */
type Queries = (trpc: TRPCOptionsProxy<AppRouter>, client: TRPCClient<AppRouter>) => PrefetchOptions[];

/** Any query's options: each carries its own key and data types, which only the view that asks for them needs to know. */
type PrefetchOptions = { queryKey: readonly unknown[]; queryFn?: unknown };

/** Hands the answers to the view below, so that the first paint has data. */
export async function Prefetched({ queries, children }: { queries: Queries; children: ReactNode }) {
  const state = await prefetch(queries);
  return <LaterHydration state={state}>{children}</LaterHydration>;
}

/**
 * Asks the console's own API over loopback. What fails or is late is left out; the view then fetches it, with its skeleton and
 * its failed state.
 */
export async function prefetch(queries: Queries): Promise<DehydratedState> {
  await connection();
  const queryClient = createQueryClient();
  const client = createServerClient(TIMEOUT_MS);
  const trpc = createTRPCOptionsProxy<AppRouter>({ client, queryClient });
  await Promise.all(queries(trpc, client).map((options) => ask(queryClient, options)));
  return dehydrate(queryClient);
}

function ask(queryClient: QueryClient, options: PrefetchOptions): Promise<void> {
  // Safe because the options come from the builders of tRPC and `recent`, which pair key and function.
  return queryClient.prefetchQuery({ ...(options as FetchQueryOptions), retry: false });
}

/** Pages run inside the console process, which puts its port here; server/env.ts is out of reach of a bundle. */
function consoleUrl(): string {
  return `http://127.0.0.1:${process.env['CONSOLE_PORT'] || 3000}/api/trpc`;
}

/** The console's API as pages ask it on the server. */
export function createServerClient(timeoutMs: number): TRPCClient<AppRouter> {
  const fetchInTime: typeof fetch = (url, init) =>
    fetch(url, { ...init, cache: 'no-store', signal: AbortSignal.timeout(timeoutMs) });
  return createTRPCClient<AppRouter>({
    links: [httpBatchLink({ url: consoleUrl(), fetch: fetchInTime, headers: traceHeaders })],
  });
}

/** What the API does for a page is a part of the page's trace. */
function traceHeaders(): Record<string, string> {
  const headers: Record<string, string> = {};
  propagation.inject(context.active(), headers);
  return headers;
}
