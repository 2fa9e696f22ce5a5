import { expect, test } from 'vitest';
import { decideTurn } from './decide-turn.ts';

const NOW = 1_000_000;
const answered = {
  fingerprint: 'a',
  busy_until: new Date(NOW - 1),
  subject_id: 'order-1',
  answer: { id: 'order-1' },
  expires_at: new Date(NOW + 1),
};
const failed = { ...answered, answer: null };

test.each([
  ['an unknown key', undefined, { kind: 'first' }],
  ['the same request', answered, { kind: 'replay', answer: { id: 'order-1' } }],
  ['another request', { ...answered, fingerprint: 'b' }, { kind: 'reused' }],
  ['one that is under way', { ...failed, busy_until: new Date(NOW + 1) }, { kind: 'busy' }],
  ['one that failed', failed, { kind: 'again', subjectId: 'order-1' }],
  ['one whose time is over', { ...answered, fingerprint: 'b', expires_at: new Date(NOW) }, { kind: 'first' }],
])('%s', (_name, known, turn) => {
  expect(decideTurn(known, 'a', NOW)).toEqual(turn);
});
