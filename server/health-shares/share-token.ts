import { createHash, randomBytes } from 'node:crypto';

/** As many as a key has: nobody guesses one, so no salt and no slow hash is needed. */
const TOKEN_BYTES = 32;

export function newShareToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** What is stored of a token: whoever reads the database learns no link. */
export function hashShareToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
