import type { Kysely } from 'kysely';
import type { Counter } from 'prom-client';
import type { AuthTables } from './tables.ts';

export interface AuthContext {
  db: Kysely<AuthTables>;
  jwtSecret: string;
  registrations: Counter;
}
