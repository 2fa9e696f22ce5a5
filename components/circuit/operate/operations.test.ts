import { describe, expect, it } from 'vitest';
import type { CircuitPreview, CircuitState } from '#server/circuits/schema.ts';
import { describeAcknowledgements } from './acknowledged.ts';
import { describeDeed } from './describe-deed.ts';
import { describeBlast, offeredOperations } from './operations.ts';

const PREVIEW: CircuitPreview = {
  windowMs: 300_000,
  requestsPerS: 1.2,
  errorRatio: 0.5,
  latencyMsP95: 20,
  shareOfReporter: 0.25,
  callers: [],
  others: [],
};

it.each<[CircuitState, string[]]>([
  ['closed', ['force-open', 'force-closed']],
  ['half_open', ['force-open', 'force-closed']],
  ['open', ['probe', 'force-closed', 'force-open']],
  ['forced_open', ['release', 'force-closed']],
  ['forced_closed', ['release', 'force-open']],
])('offers for a %s breaker %j', (state, kinds) => expect(offeredOperations(state)).toEqual(kinds));

describe('describeBlast', () => {
  it('counts the calls that would be refused', () =>
    expect(describeBlast('force-open', 'payments', 15, PREVIEW)).toBe(
      '1.2/s to payments, 25 % of what the gateway passes on: about 1.08 k calls refused in 15 min.',
    ));
  it('says what would go through unguarded, and how it fares', () =>
    expect(describeBlast('force-closed', 'payments', 5, PREVIEW)).toBe(
      '1.2/s to payments, 25 % of what the gateway passes on: about 360 calls in 5 min without a breaker before them. 50 % of them fail now.',
    ));
  it('does not count what nobody calls', () =>
    expect(describeBlast('force-open', 'payments', 15, { ...PREVIEW, requestsPerS: 0 })).toBe(
      'Nothing called payments through it in the last 5 min.',
    ));
});

describe('describeAcknowledgements', () => {
  const applied = { instance: 'gateway-1', state: 'applied', reason: '' } as const;
  const behind = { instance: 'gateway-2', state: 'behind', reason: 'nobody listens there' } as const;

  it('says that all took it', () =>
    expect(describeAcknowledgements({ version: 3, acknowledgements: [applied] })).toEqual({
      tone: 'ok',
      summary: 'applied by 1 of 1 gateway',
      details: [],
    }));
  it('names who did not answer, and what becomes of it', () =>
    expect(describeAcknowledgements({ version: 3, acknowledgements: [applied, behind] })).toEqual({
      tone: 'warn',
      summary: 'applied by 1 of 2 gateways',
      details: ['gateway-2 did not answer (nobody listens there); it gets version 3 when it returns'],
    }));
  it('does not promise that a probe is made up for', () =>
    expect(describeAcknowledgements({ version: null, acknowledgements: [behind] })).toMatchObject({
      tone: 'critical',
      details: ['gateway-2 did not answer (nobody listens there); ask again when it is back'],
    }));
});

it.each([
  ['circuits.force', { side: 'open', minutes: 90 }, 'forced it open for 1 h 30 min'],
  ['circuits.release', {}, 'released it'],
  ['circuits.probe', {}, 'asked for a probe'],
  [
    'circuits.tune',
    { failureThreshold: 9, resetTimeoutMs: 1500, halfOpenSuccessCount: null },
    'tuned it: opens at 9 failures, stays open for 1.5 s',
  ],
  [
    'circuits.tune',
    { windowMs: 10_000, failurePercent: 30, answerTimeoutMs: 800, retriesMax: 0 },
    'tuned it: judges by 10 s, opens at 30 % of them, calls may take 0.8 s, no retries',
  ],
  [
    'circuits.restore',
    { restored: 4, failureThreshold: 9, resetTimeoutMs: null },
    'applied the settings of version 4 again: opens at 9 failures',
  ],
  [
    'circuits.tune',
    { failureThreshold: null, resetTimeoutMs: null, halfOpenSuccessCount: null },
    'put its settings back',
  ],
  [
    'circuits.startShadow',
    { failureThreshold: 2, windowMs: 0, reason: 'x' },
    'began a shadow: opens at 2 failures, counts failures in a row only',
  ],
  ['circuits.endShadow', { reason: 'x' }, 'ended the shadow'],
  ['circuits.applyShadow', { failureThreshold: 2 }, 'put the shadow’s settings in force: opens at 2 failures'],
])('puts %s with %j in words', (verb, input, words) => expect(describeDeed({ verb, input })).toBe(words));
