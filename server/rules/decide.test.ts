import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, type ActiveAlert, type Episode } from './decide.ts';

const NOW = 1_000_000;
const alert = (value = 1, fingerprint = 'a'): ActiveAlert => ({ fingerprint, labels: {}, annotations: {}, value });
const episode = (state: 'pending' | 'firing', rest: Partial<Episode> = {}): Episode => ({
  ...alert(),
  state,
  activeSinceMs: NOW - 10_000,
  firedMs: state === 'firing' ? NOW - 5_000 : null,
  keepFiringSinceMs: null,
  ...rest,
});

interface Case {
  what: string;
  before: Episode[];
  active: ActiveAlert[];
  forMs?: number;
  keepFiringForMs?: number;
  next: Partial<Episode>[];
  to: string[];
  dueMs?: number;
}

describe('decide', () => {
  it.each<Case>([
    { what: 'nothing stays nothing', before: [], active: [], next: [], to: [] },
    {
      what: 'without `for` it fires at once',
      before: [],
      active: [alert(3)],
      next: [{ state: 'firing', value: 3, activeSinceMs: NOW, firedMs: NOW }],
      to: ['firing'],
    },
    {
      what: 'with `for` it is pending first',
      before: [],
      active: [alert()],
      forMs: 15_000,
      next: [{ state: 'pending', activeSinceMs: NOW, firedMs: null }],
      to: ['pending'],
      dueMs: NOW + 15_000,
    },
    {
      what: 'it stays pending until `for` has passed',
      before: [episode('pending')],
      active: [alert(2)],
      forMs: 10_001,
      next: [{ state: 'pending', value: 2, activeSinceMs: NOW - 10_000 }],
      to: [],
      dueMs: NOW + 1,
    },
    {
      what: 'it fires when `for` has passed to the millisecond',
      before: [episode('pending')],
      active: [alert()],
      forMs: 10_000,
      next: [{ state: 'firing', activeSinceMs: NOW - 10_000, firedMs: NOW }],
      to: ['firing'],
    },
    {
      what: 'a pending one that ends is dropped',
      before: [episode('pending')],
      active: [],
      forMs: 15_000,
      next: [],
      to: ['dropped'],
    },
    {
      what: 'a firing one goes on with its new value, and tells nobody again',
      before: [episode('firing')],
      active: [alert(9)],
      next: [{ state: 'firing', value: 9, firedMs: NOW - 5_000 }],
      to: [],
    },
    {
      what: 'a firing one stays firing when a longer `for` is configured',
      before: [episode('firing')],
      active: [alert()],
      forMs: 3_600_000,
      next: [{ state: 'firing' }],
      to: [],
    },
    { what: 'a firing one that ends is resolved', before: [episode('firing')], active: [], next: [], to: ['resolved'] },
    {
      what: 'keep_firing_for holds it',
      before: [episode('firing')],
      active: [],
      keepFiringForMs: 5_000,
      next: [{ state: 'firing', keepFiringSinceMs: NOW }],
      to: [],
      dueMs: NOW + 5_000,
    },
    {
      what: 'keep_firing_for counts from when the expression ended',
      before: [episode('firing', { keepFiringSinceMs: NOW - 4_999 })],
      active: [],
      keepFiringForMs: 5_000,
      next: [{ keepFiringSinceMs: NOW - 4_999 }],
      to: [],
      dueMs: NOW + 1,
    },
    {
      what: 'keep_firing_for ends',
      before: [episode('firing', { keepFiringSinceMs: NOW - 5_000 })],
      active: [],
      keepFiringForMs: 5_000,
      next: [],
      to: ['resolved'],
    },
    {
      what: 'coming back within keep_firing_for is the same episode',
      before: [episode('firing', { keepFiringSinceMs: NOW - 4_000 })],
      active: [alert()],
      keepFiringForMs: 5_000,
      next: [{ state: 'firing', firedMs: NOW - 5_000, keepFiringSinceMs: null }],
      to: [],
    },
    {
      what: 'keep_firing_for does not hold a pending one',
      before: [episode('pending')],
      active: [],
      forMs: 60_000,
      keepFiringForMs: 60_000,
      next: [],
      to: ['dropped'],
    },
    {
      what: 'each label set has its own state, and the earliest is due',
      before: [episode('firing', { fingerprint: 'a' }), episode('pending', { fingerprint: 'b' })],
      active: [alert(1, 'b'), alert(1, 'c')],
      forMs: 30_000,
      next: [
        { fingerprint: 'b', state: 'pending' },
        { fingerprint: 'c', state: 'pending' },
      ],
      to: ['pending', 'resolved'],
      dueMs: NOW + 20_000,
    },
  ])('$what', ({ before, active, forMs = 0, keepFiringForMs = 0, next, to, dueMs = null }) => {
    const decision = decide(before, active, NOW, { forMs, keepFiringForMs });
    expect(decision.next).toMatchObject(next);
    expect(decision.next).toHaveLength(next.length);
    expect(decision.transitions.map((transition) => transition.to)).toEqual(to);
    expect(decision.dueMs).toBe(dueMs);
    for (const { reason } of decision.transitions) expect(reason).toMatch(/^the expression /);
  });

  it('never fires twice without a resolve between, whatever the series of evaluations', () => {
    const evaluation = fc.record({ on: fc.boolean(), gapMs: fc.integer({ min: 1, max: 20_000 }) });
    const rule = fc.record({ forMs: fc.nat({ max: 15_000 }), keepFiringForMs: fc.nat({ max: 15_000 }) });
    fc.assert(
      fc.property(fc.array(evaluation, { maxLength: 40 }), rule, (evaluations, settings) => {
        let [nowMs, open, episodes] = [NOW, false, [] as Episode[]];
        for (const { on, gapMs } of evaluations) {
          nowMs += gapMs;
          const decision = decide(episodes, on ? [alert()] : [], nowMs, settings);
          for (const { to } of decision.transitions) {
            if (to === 'firing') expect(open).toBe(false);
            if (to === 'resolved') expect(open).toBe(true);
            if (to === 'firing' || to === 'resolved') open = to === 'firing';
          }
          if (decision.dueMs !== null) expect(decision.dueMs).toBeGreaterThan(nowMs);
          episodes = decision.next;
        }
      }),
    );
  });
});
