import { randomBytes, randomUUID } from 'node:crypto';
import type { Customers } from '../customers.ts';

/** The gateway lets one account log in five times in a quarter of an hour; nobody forgets their session that often. */
const LOGINS_MAX = 4;
/** A token lasts 15 minutes; nobody waits for it to fail. */
const TOKEN_KEPT_MS = 10 * 60_000;

/** The one person behind a shopper of a load test: registers on their first purchase, and stays who they are. */
export function createLoadCustomer(now: () => number): Customers {
  const email = `load.${randomUUID().slice(0, 12)}@shopper.example`;
  const password = randomBytes(12).toString('base64url');
  let isRegistered = false;
  let logins = 0;
  let session = { token: '', untilMs: 0 };
  return {
    signIn: async (ask, again) => {
      if (!isRegistered) {
        const body = { email, name: 'Load test', password };
        const answer = await ask({ method: 'POST', path: '/api/auth/register', body });
        // 409: it was heard, and only the answer was lost.
        if (answer.status !== 201 && answer.status !== 409) return null;
        isRegistered = true;
      }
      const isValid = now() < session.untilMs;
      if (isValid && (!again || logins >= LOGINS_MAX)) return session.token;
      logins += 1;
      const answer = await ask({ method: 'POST', path: '/api/auth/login', body: { email, password } });
      if (answer.status !== 200 || typeof answer.body.token !== 'string') return null;
      session = { token: answer.body.token, untilMs: now() + TOKEN_KEPT_MS };
      return session.token;
    },
  };
}
