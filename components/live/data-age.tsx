'use client';

import { clsx } from 'clsx';
import { useSyncExternalStore } from 'react';
import { formatAge } from '#components/format/duration.ts';
import { StatusGlyph } from '#components/ui/status-glyph.tsx';
import type { Tone } from '#components/ui/tone.ts';
import { useNow } from './clock.tsx';
import { liveStore } from './live-store.ts';
import { liveStatus, type LiveStatus } from './status.ts';

const INITIAL = liveStore.get();

function useLiveStatus(): LiveStatus {
  const state = useSyncExternalStore(liveStore.subscribe, liveStore.get, () => INITIAL);
  const nowMs = useNow(1000);
  // Before the stream is opened there is nothing to be late.
  return state.startedMs === 0 ? { kind: 'connecting' } : liveStatus(state, nowMs);
}

/** "live · 1 s": how old the newest stored data is, or that it cannot be known. */
export function DataAge() {
  const status = useLiveStatus();
  const { tone, text, title } = describe(status);
  return (
    <span
      title={title}
      className={clsx(
        'inline-flex items-center gap-1.5 whitespace-nowrap text-xs',
        tone === 'neutral' ? 'text-ink-faint' : 'text-ink-muted',
      )}
    >
      {status.kind === 'live' ? (
        <span aria-hidden className="relative flex size-2 items-center justify-center">
          <span className="absolute -inset-0.5 animate-breathe rounded-full bg-ok-soft" />
          <span className="relative size-1.5 rounded-full bg-ok" />
        </span>
      ) : (
        <StatusGlyph tone={tone} size={12} />
      )}
      {text}
    </span>
  );
}

/** Says above the page when its numbers can no longer be trusted; goes away by itself. */
export function StaleBanner() {
  const status = useLiveStatus();
  const message = bannerText(status);
  if (!message) return null;
  return (
    <div
      role="status"
      className="flex items-center gap-2 border-b border-line bg-warn-soft px-6 py-1.5 text-xs text-warn max-md:px-4"
    >
      <StatusGlyph tone="warn" size={13} />
      <span>{message}</span>
    </div>
  );
}

function describe(status: LiveStatus): { tone: Tone; text: string; title: string } {
  switch (status.kind) {
    case 'connecting':
      return { tone: 'neutral', text: 'connecting', title: 'Waiting for the first word of the live stream' };
    case 'live': {
      const age = status.ageMs === null ? '' : ` · ${formatAge(status.ageMs)}`;
      return { tone: 'ok', text: `live${age}`, title: 'Age of the newest data in the store' };
    }
    case 'quiet':
      return {
        tone: 'warn',
        text: `no data · ${formatAge(status.ageMs)}`,
        title: 'The stream is live, but nothing was received for this long',
      };
    case 'stale':
      return {
        tone: 'warn',
        text: `stale · ${formatAge(status.ageMs)}`,
        title: 'The live stream is silent; reconnecting',
      };
    case 'store_down':
      return { tone: 'critical', text: 'store down', title: 'The telemetry store does not answer' };
  }
}

function bannerText(status: LiveStatus): string | null {
  switch (status.kind) {
    case 'stale':
      return `Stale: the console has not been heard for ${formatAge(status.ageMs)}. What you see is older than that; this page reconnects by itself.`;
    case 'store_down':
      return 'The telemetry store does not answer. Breakers and alerts still update; measured figures are the last known ones.';
    case 'quiet':
      return `No telemetry has arrived for ${formatAge(status.ageMs)}. Is the collector running?`;
    default:
      return null;
  }
}
