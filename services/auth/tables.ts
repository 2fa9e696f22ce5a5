import type { Generated } from 'kysely';
import type { Role } from '#services/kit/tokens.ts';

export interface AuthTables {
  users: {
    id: string;
    email: string;
    name: string;
    password_hash: string;
    role: Generated<Role>;
    created_at: Generated<Date>;
    trace_id: string;
  };
  sessions: {
    id: string;
    user_id: string;
    issued_at: Date;
    expires_at: Date;
    created_at: Generated<Date>;
    trace_id: string;
  };
}
