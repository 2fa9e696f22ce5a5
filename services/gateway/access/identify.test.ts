import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { signToken, TOKEN_LIFETIME_S } from '#services/kit/tokens.ts';
import { createIdentify } from './identify.ts';

const SECRET = 'a secret of the tests, long enough';

it('verifies a token once in half a minute, and never beyond its end', async () => {
  const clock = { nowMs: Date.now() };
  const identify = createIdentify(SECRET, () => clock.nowMs);
  const authorization = `Bearer ${await signToken(SECRET, { id: randomUUID(), name: 'Ada' })}`;
  const first = await identify(authorization);
  expect(first.user).toMatchObject({ name: 'Ada', role: 'USER' });
  expect(identify(authorization)).toBe(first);
  clock.nowMs += 31_000;
  const second = await identify(authorization);
  expect(second).not.toBe(first);
  // Near its end what is kept ends with the token.
  clock.nowMs += (TOKEN_LIFETIME_S - 41) * 1_000;
  const last = await identify(authorization);
  clock.nowMs += 11_000;
  expect(identify(authorization)).toBeInstanceOf(Promise);
  expect(last.user).toEqual(first.user);
});
