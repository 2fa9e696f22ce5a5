import { hash, verify } from '@node-rs/argon2';

/** OWASP's smallest choice for argon2id: 19 MiB, two passes. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

/** Takes as long without a hash as with one, so that time does not tell which addresses have an account. */
export async function checkPassword(password: string, passwordHash: string | undefined): Promise<boolean> {
  if (passwordHash !== undefined) return verify(passwordHash, password);
  await hash(password, COST);
  return false;
}
