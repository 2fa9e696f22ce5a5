import type { Generated } from 'kysely';

export interface AuthTables {
  users: {
    id: string;
    email: string;
    name: string;
    password_hash: string;
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
