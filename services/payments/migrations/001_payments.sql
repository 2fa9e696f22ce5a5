CREATE TABLE payments.payments (
  id              uuid PRIMARY KEY,
  order_id        uuid NOT NULL,
  user_id         uuid NOT NULL,
  amount_cents    integer NOT NULL CHECK (amount_cents > 0),
  currency        text NOT NULL DEFAULT 'EUR',
  status          text NOT NULL CHECK (status IN ('captured', 'declined', 'refunded')),
  card_last4      text NOT NULL CHECK (card_last4 ~ '^[0-9]{4}$'),
  decline_reason  text,
  idempotency_key text NOT NULL UNIQUE,
  -- When orders was told of it; until then the settling job tells it again.
  settled_at      timestamptz,
  created_at      timestamptz NOT NULL DEFAULT now(),
  updated_at      timestamptz NOT NULL DEFAULT now(),
  trace_id        text NOT NULL DEFAULT '',
  CHECK ((status = 'declined') = (decline_reason IS NOT NULL))
);
CREATE INDEX payments_by_order ON payments.payments (order_id);
-- Nobody pays twice for one order, however often the button is pressed.
CREATE UNIQUE INDEX payments_one_capture ON payments.payments (order_id) WHERE status = 'captured';
CREATE INDEX payments_unsettled ON payments.payments (updated_at) WHERE settled_at IS NULL;

CREATE TABLE payments.refunds (
  id           uuid PRIMARY KEY,
  payment_id   uuid NOT NULL REFERENCES payments.payments (id),
  amount_cents integer NOT NULL CHECK (amount_cents > 0),
  reason       text NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT now(),
  trace_id     text NOT NULL DEFAULT ''
);
CREATE INDEX refunds_by_payment ON payments.refunds (payment_id);
