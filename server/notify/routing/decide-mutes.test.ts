import { describe, expect, it } from 'vitest';
import { parseMatchers } from '../matchers/parse-matchers.ts';
import { decideMutes } from './decide-mutes.ts';

const alert = (id: string, labels: Record<string, string>) => ({ id, labels });
const silence = (id: string, matchers: string, startsAtMs = 0, endsAtMs = 100) => ({
  id,
  matchers: parseMatchers(matchers),
  startsAtMs,
  endsAtMs,
});
const inhibit = (source: string, target: string, ...equal: string[]) => ({
  source: parseMatchers(source),
  target: parseMatchers(target),
  equal,
});

describe('silences', () => {
  const silences = [silence('s1', 'service=orders'), silence('s2', 'severity!=critical')];
  it.each([
    [{ service: 'orders', severity: 'critical' }, ['s1']],
    [{ service: 'orders' }, ['s1', 's2']],
    [{ service: 'auth', severity: 'critical' }, []],
  ])('%j is silenced by %j', (labels, expected) =>
    expect(decideMutes([alert('a', labels as Record<string, string>)], silences, [], 50).get('a')).toEqual({
      silencedBy: expected,
      inhibitedBy: [],
    }),
  );

  it.each([
    [-1, []],
    [0, ['s']],
    [99, ['s']],
    [100, []],
  ])('one from 0 to 100 at %i: %j', (nowMs, expected) =>
    expect(decideMutes([alert('a', {})], [silence('s', '')], [], nowMs).get('a')!.silencedBy).toEqual(expected),
  );
});

describe('inhibition', () => {
  const rule = inhibit('severity=critical', 'severity=warning', 'service');
  const critical = alert('c', { severity: 'critical', service: 'a' });
  it.each([
    [alert('w', { severity: 'warning', service: 'a' }), ['c']],
    [alert('w', { severity: 'warning', service: 'b' }), []],
    [alert('w', { severity: 'info', service: 'a' }), []],
  ])('%j', (target, expected) =>
    expect(decideMutes([critical, target], [], [rule], 0).get('w')!.inhibitedBy).toEqual(expected),
  );

  it('the source is told, also when it is silenced it inhibits', () => {
    const mutes = decideMutes(
      [critical, alert('w', { severity: 'warning', service: 'a' })],
      [silence('s', 'severity=critical')],
      [rule],
      1,
    );
    expect(mutes.get('c')).toEqual({ silencedBy: ['s'], inhibitedBy: [] });
    expect(mutes.get('w')!.inhibitedBy).toEqual(['c']);
  });

  it('alerts on both sides of a rule do not silence each other', () => {
    const both = inhibit('service=a', 'service=a');
    const mutes = decideMutes([alert('x', { service: 'a' }), alert('y', { service: 'a' })], [], [both], 0);
    expect([...mutes.values()].flatMap(({ inhibitedBy }) => inhibitedBy)).toEqual([]);
  });

  it('a label that both lack is equal', () =>
    expect(
      decideMutes([alert('c', { severity: 'critical' }), alert('w', { severity: 'warning' })], [], [rule], 0).get('w')!
        .inhibitedBy,
    ).toEqual(['c']));
});
