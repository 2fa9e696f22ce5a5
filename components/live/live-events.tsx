'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTRPC, useTRPCClient } from '#components/trpc/context.ts';
import { liveStore } from './live-store.ts';
import { stalePaths } from './stale-paths.ts';

/** How often visible live panels are refreshed. */
const REFRESH_MS = 5_000;
/** A stream that ended with an error is opened again after this; the browser itself repairs only dropped connections. */
const RESUBSCRIBE_MS = 3_000;
/** Browsers allow six connections to a host: tabs that nobody looks at give theirs back. */
const HIDDEN_GRACE_MS = 20_000;

/** Keeps this tab's data true: one event stream, which invalidates what changed and paces the refresh of live panels. Renders nothing. */
export function LiveEvents() {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();

  // Synchronises with the server's event stream and the tab's visibility.
  useEffect(() => {
    let subscription: { unsubscribe: () => void } | null = null;
    let resubscribe: ReturnType<typeof setTimeout> | undefined;
    let leave: ReturnType<typeof setTimeout> | undefined;

    function refreshLivePanels() {
      if (document.hidden) return;
      void queryClient.invalidateQueries({
        predicate: (query) => query.meta?.['live'] === true,
        refetchType: 'active',
      });
    }

    function open() {
      if (subscription) return;
      liveStore.restarted();
      subscription = client.live.events.subscribe(undefined, {
        onStarted: () => liveStore.connected(true),
        onData: ({ data: event }) => {
          if (event.kind === 'tick') liveStore.ticked(event);
          for (const path of stalePaths(event)) void queryClient.invalidateQueries(trpc[path].pathFilter());
        },
        onConnectionStateChange: ({ state }) => liveStore.connected(state === 'pending'),
        onError: () => {
          close();
          resubscribe = setTimeout(open, RESUBSCRIBE_MS);
        },
      });
    }

    function close() {
      subscription?.unsubscribe();
      subscription = null;
      clearTimeout(resubscribe);
      liveStore.connected(false);
    }

    function onVisibilityChange() {
      clearTimeout(leave);
      if (document.hidden) {
        leave = setTimeout(close, HIDDEN_GRACE_MS);
        return;
      }
      open();
      refreshLivePanels();
    }

    open();
    const refresh = setInterval(refreshLivePanels, REFRESH_MS);
    document.addEventListener('visibilitychange', onVisibilityChange);
    return () => {
      document.removeEventListener('visibilitychange', onVisibilityChange);
      clearInterval(refresh);
      clearTimeout(leave);
      close();
    };
  }, [client, queryClient, trpc]);

  return null;
}
