-- Applied to every service's own schema, which the search path names: an event is written in the transaction of what it tells.
CREATE TABLE outbox (
  position    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id          uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(),
  type        text NOT NULL,
  key         text NOT NULL,
  payload     jsonb NOT NULL,
  headers     jsonb NOT NULL DEFAULT '{}',
  occurred_at timestamptz NOT NULL DEFAULT now()
);
-- What was applied, in the transaction of the effect: an event that comes again finds itself here.
CREATE TABLE inbox (
  event_id     uuid PRIMARY KEY,
  processed_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX inbox_by_age ON inbox (processed_at);
CREATE TABLE dead_letters (
  event_id    uuid PRIMARY KEY,
  type        text NOT NULL,
  key         text NOT NULL,
  payload     jsonb,
  headers     jsonb NOT NULL,
  occurred_at timestamptz NOT NULL,
  attempts    integer NOT NULL,
  error       text NOT NULL,
  trace_id    text NOT NULL DEFAULT '',
  status      text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'redriven', 'discarded')),
  reason      text,
  dead_at     timestamptz NOT NULL DEFAULT now(),
  resolved_at timestamptz,
  CHECK ((status = 'open') = (resolved_at IS NULL))
);
CREATE INDEX dead_letters_open ON dead_letters (dead_at DESC) WHERE status = 'open';
