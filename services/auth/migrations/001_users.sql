CREATE TABLE auth.users (
  id            uuid PRIMARY KEY,
  email         text NOT NULL UNIQUE CHECK (email = lower(email)),
  name          text NOT NULL,
  password_hash text NOT NULL,
  created_at    timestamptz NOT NULL DEFAULT now(),
  trace_id      text NOT NULL DEFAULT ''
);

CREATE TABLE auth.sessions (
  id         uuid PRIMARY KEY,
  user_id    uuid NOT NULL REFERENCES auth.users (id) ON DELETE CASCADE,
  issued_at  timestamptz NOT NULL,
  expires_at timestamptz NOT NULL CHECK (expires_at > issued_at),
  created_at timestamptz NOT NULL DEFAULT now(),
  trace_id   text NOT NULL DEFAULT ''
);
CREATE INDEX sessions_by_user ON auth.sessions (user_id);
