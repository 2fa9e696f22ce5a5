import { describe, expect, it } from 'vitest';
import { stalePaths } from './stale-paths.ts';
import { liveStatus, type StreamState } from './status.ts';

const NOW = 1_000_000;
const healthy: StreamState = {
  connected: true,
  startedMs: NOW - 60_000,
  lastTickMs: NOW - 800,
  storeUp: true,
  newestDataMs: NOW - 1200,
};

describe('liveStatus', () => {
  it.each<[string, Partial<StreamState>, ReturnType<typeof liveStatus>]>([
    ['is live while ticks arrive', {}, { kind: 'live', ageMs: 1200 }],
    ['never shows an age below zero', { newestDataMs: NOW + 500 }, { kind: 'live', ageMs: 0 }],
    ['is live without data on a fresh start', { newestDataMs: null }, { kind: 'live', ageMs: null }],
    [
      'says that nothing arrives though the stream is fine',
      { newestDataMs: NOW - 90_000 },
      { kind: 'quiet', ageMs: 90_000 },
    ],
    ['says when the store is down', { storeUp: false }, { kind: 'store_down' }],
    [
      'is stale after silence, whatever was said before',
      { lastTickMs: NOW - 40_000, storeUp: false },
      { kind: 'stale', ageMs: 40_000 },
    ],
    ['waits for a first tick', { lastTickMs: null, startedMs: NOW - 2000 }, { kind: 'connecting' }],
    ['does not wait for ever', { lastTickMs: null, startedMs: NOW - 20_000 }, { kind: 'stale', ageMs: 20_000 }],
  ])('%s', (_, change, expected) => expect(liveStatus({ ...healthy, ...change }, NOW)).toEqual(expected));
});

describe('stalePaths', () => {
  it('refetches the diagram when a breaker moves, and nothing on a tick', () => {
    const transition = { state: 'open' } as never;
    expect(stalePaths({ kind: 'circuit', transition })).toContain('topology');
    expect(stalePaths({ kind: 'tick', nowMs: 1, newestSpanMs: null, newestSampleMs: null, storeUp: true })).toEqual([]);
  });
});
