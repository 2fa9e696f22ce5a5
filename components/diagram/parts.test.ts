import { describe, expect, it } from 'vitest';
import { arrangeRows } from './arrange-rows.ts';
import { assignTracks } from './assign-tracks.ts';
import { ladderRungs } from './ladder-rungs.ts';
import { HEALTH, nodeHealth } from './node-health.ts';
import { related } from './related.ts';
import { edge, fleet, node, topologyOf } from './testing.ts';
import { errorTone, lineWeight } from './traffic.ts';
import { truncate, truncateQualified } from './truncate.ts';
import { roundedPath } from './wire.tsx';

function names(columns: number, topology = fleet(9)): string[][] {
  return arrangeRows(topology, columns).map((row) => row.members.map((one) => one.name));
}

describe('arrangeRows', () => {
  it('deals a bus evenly, by name', () => {
    expect(names(8).slice(0, 2)).toEqual([
      ['s00', 's01', 's02', 's03', 's04'],
      ['s05', 's06', 's07', 's08'],
    ]);
  });

  it('puts what only services call behind them, and strangers last with callers first', () => {
    const topology = topologyOf([
      edge('gateway:gw>service:a'),
      edge('service:a>service:z-near'),
      edge('service:z-near>service:b-far'),
      edge('service:y-stranger>service:c-its-own'),
    ]);
    expect(names(8, topology)).toEqual([['a'], ['z-near', 'b-far', 'y-stranger', 'c-its-own']]);
  });

  it('gives each service one place though two gateways call it', () => {
    const topology = topologyOf([
      edge('gateway:b>service:x'),
      edge('gateway:a>service:x'),
      edge('gateway:b>service:y'),
    ]);
    expect(arrangeRows(topology, 8).map((row) => [row.gateway?.name, row.members.map((one) => one.name)])).toEqual([
      ['a', ['x']],
      ['b', ['y']],
    ]);
  });
});

describe('assignTracks', () => {
  it('keeps neighbours on one track and parts what overlaps, short ones first', () => {
    const { track, tracks } = assignTracks(
      [
        { key: 'long', from: 0, to: 100 },
        { key: 'short', from: 40, to: 20 },
        { key: 'next', from: 60, to: 80 },
      ],
      4,
    );
    expect(tracks).toBe(2);
    expect(Object.fromEntries(track)).toEqual({ short: 0, next: 0, long: 1 });
  });

  it('wants a gap between neighbours', () => {
    const { tracks } = assignTracks(
      [
        { key: 'a', from: 0, to: 10 },
        { key: 'b', from: 12, to: 20 },
      ],
      4,
    );
    expect(tracks).toBe(2);
  });
});

describe('traffic', () => {
  it.each([
    [null, 'neutral'],
    [0, 'neutral'],
    [0.0099, 'neutral'],
    [0.01, 'warn'],
    [0.0499, 'warn'],
    [0.05, 'critical'],
    [1, 'critical'],
  ])('errors of %s are %s', (ratio, tone) => expect(errorTone(ratio)).toBe(tone));

  it('weighs lines by traffic, never invisible and never a slab', () => {
    const weights = [0, 0.01, 0.1, 1, 10, 100, 1000, 1e9].map(lineWeight);
    expect(weights).toEqual(weights.toSorted((a, b) => a - b));
    expect(weights[0]).toBe(1);
    expect(weights.at(-1)).toBe(6);
  });
});

describe('nodeHealth', () => {
  it.each([
    [{ up: false, errorRatio: 0, requestsPerS: 3 }, 'down'],
    [{ up: true, errorRatio: 0.5, requestsPerS: 3 }, 'failing'],
    [{ up: null, errorRatio: 0.02, requestsPerS: 3 }, 'degraded'],
    [{ up: true, errorRatio: null, requestsPerS: 0 }, 'idle'],
    [{ up: null, errorRatio: 0, requestsPerS: 3 }, 'healthy'],
  ] as const)('%o is %s', (one, health) => {
    expect(nodeHealth(one)).toBe(health);
    expect(HEALTH[health].word).not.toBe('');
  });
});

describe('related', () => {
  const edges = [edge('service:a>service:b'), edge('service:b>service:c'), edge('service:c>service:d')];
  it('is everything without a focus', () => expect(related(null, edges)).toBeNull());
  it('is a box with its lines and neighbours', () => {
    expect([...(related('service:b', edges) ?? [])].toSorted()).toEqual([
      'service:a',
      'service:a>service:b',
      'service:b',
      'service:b>service:c',
      'service:c',
    ]);
  });
  it('is a line with its ends', () => {
    expect([...(related('service:a>service:b', edges) ?? [])].toSorted()).toEqual([
      'service:a',
      'service:a>service:b',
      'service:b',
    ]);
  });
});

describe('ladderRungs', () => {
  it('lists what the bus feeds, with the calls of each under it, services before stores', () => {
    const [bus, others] = ladderRungs(
      topologyOf(
        [edge('gateway:gw>service:a', 'open'), edge('service:a>database:d'), edge('service:a>service:z')],
        [node('service:alone')],
      ),
    );
    expect(bus?.head?.name).toBe('gw');
    expect(
      bus?.rungs.map((rung) => [rung.node.name, rung.edge?.breaker?.state, rung.calls.map((call) => call.node.name)]),
    ).toEqual([['a', 'open', ['z', 'd']]]);
    expect(others).toMatchObject({ head: null });
    expect(others?.rungs.map((rung) => [rung.node.name, rung.edge])).toEqual([
      ['z', null],
      ['alone', null],
    ]);
  });
});

describe('drawing', () => {
  it('softens corners and never beyond half a stretch', () => {
    expect(
      roundedPath([
        { x: 0, y: 0 },
        { x: 0, y: 8 },
        { x: 40, y: 8 },
      ]),
    ).toBe('M0 0L0 4Q0 8 6 8L40 8');
  });
  it('cuts long names', () => {
    expect(truncate('orders', 100, 7)).toBe('orders');
    expect(truncate('notification-dispatcher', 70, 7)).toBe('notificat…');
    expect(truncateQualified('shop.orders', 100, 7)).toBe('shop.orders');
    expect(truncateQualified('switchyard.orders', 100, 7)).toBe('…orders');
    expect(truncateQualified('warehouse', 42, 7)).toBe('wareh…');
  });
});
