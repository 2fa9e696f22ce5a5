-- Applied to the schema that the search path names: what a user asked for under a key, and what it came to.
CREATE TABLE idempotency_keys (
  user_id     uuid NOT NULL,
  key         text NOT NULL,
  fingerprint text NOT NULL,
  -- Of the try that is at it; one that was overtaken ends without effect.
  turn        uuid NOT NULL,
  busy_until  timestamptz NOT NULL,
  -- What the last try began: the next one looks what became of it.
  subject_id  uuid,
  answer      jsonb,
  created_at  timestamptz NOT NULL DEFAULT now(),
  expires_at  timestamptz NOT NULL,
  PRIMARY KEY (user_id, key)
);
CREATE INDEX idempotency_keys_by_expiry ON idempotency_keys (expires_at);
