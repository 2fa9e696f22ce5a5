import { expect, it } from 'vitest';
import type { LimitsReplay } from '#server/limits/schema.ts';
import { describeChange, describeOutcome, describeRests } from './describe-limits.ts';
import { draftOf, readChoice, readDraft, writeChoice } from './limits-draft.ts';

const tier = (name: string, quota: number, windowMs: number) => ({
  name,
  quota,
  windowMs,
  candidateQuota: quota,
  candidateWindowMs: windowMs,
  requests: 1_000,
  really: 480,
  inForce: 480,
  candidate: 480,
});
const TIERS = [tier('short', 20, 1_000), tier('long', 60, 60_000)];
const replay = (change: Partial<LimitsReplay> = {}): LimitsReplay => ({
  range: { fromMs: 0, toMs: 3_600_000 },
  requests: 1_000,
  isCut: false,
  sampled: 0,
  instances: 1,
  isShared: false,
  total: { really: 480, inForce: 480, candidate: 480 },
  tiers: TIERS,
  routes: [],
  clients: [],
  ...change,
});

it('puts the comparison into a sentence', () => {
  const tiers = [TIERS[0]!, { ...TIERS[1]!, candidateQuota: 100 }];
  const total = { really: 480, inForce: 480, candidate: 12 };
  expect(describeOutcome(replay({ tiers, total }), true)).toBe(
    'With 100 in 1 min instead of 60 in 1 min (long) 12 requests would have been refused instead of 480.',
  );
  expect(describeOutcome(replay({ tiers, total: { really: 0, inForce: 0, candidate: 0 } }), true)).toMatch(
    / no request would have been refused, as with what is in force\.$/,
  );
  expect(tiers.map(describeChange)).toEqual(['20 in 1 s', '60 in 1 min → 100 in 1 min']);
  expect(describeOutcome(replay(), false)).toBe('480 requests were refused. Change a limit to compare.');
  expect(describeOutcome(replay({ total: { really: 0, inForce: 0, candidate: 0 } }), false)).toMatch(/^No request was/);
});

it('says what the figures rest on, and warns where the replay is not what happened', () => {
  expect(describeRests(replay())[1]).not.toContain('trust');
  const other = replay({ total: { really: 3, inForce: 5, candidate: 5 }, isCut: true, sampled: 7, instances: 2 });
  const lines = describeRests(other).join(' ');
  for (const words of ['each for itself', 'these are the newest', 'trust the difference', '7 requests belong'])
    expect(lines).toContain(words);
});

it('keeps what differs from what is in force, in fields and in the address', () => {
  const draft = { ...draftOf(TIERS, {}), long: { quota: '100', windowS: '30.5' } };
  const chosen = readDraft(TIERS, draft);
  expect(chosen).toEqual({ long: { quota: 100, windowMs: 30_500 } });
  expect(readChoice(writeChoice(chosen))).toEqual(chosen);
  expect(draftOf(TIERS, chosen).long).toEqual({ quota: '100', windowS: '30.5' });
  expect(readDraft(TIERS, { short: { quota: '', windowS: 'x' }, long: { quota: '60', windowS: '60' } })).toEqual({});
  expect(writeChoice({})).toBeNull();
});

it.each([
  ['nothing', null, {}],
  ['what is none', 'long.colour.3,long.quota.-1,quota.5,,', {}],
  ['too much', 'long.quota.999999999,long.windowMs.1', { long: { quota: 1_000_000, windowMs: 100 } }],
])('reads of an address with %s what can be read', (_name, text, expected) =>
  expect(readChoice(text)).toEqual(expected),
);
