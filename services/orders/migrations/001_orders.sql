CREATE TABLE orders.orders (
  id                uuid PRIMARY KEY,
  user_id           uuid NOT NULL,
  status            text NOT NULL CHECK (status IN ('pending', 'paid', 'shipped', 'cancelled')),
  total_cents       integer NOT NULL CHECK (total_cents > 0),
  currency          text NOT NULL DEFAULT 'EUR',
  cancel_reason     text,
  payment_id        uuid,
  shipment_id       uuid,
  stock_released_at timestamptz,
  created_at        timestamptz NOT NULL DEFAULT now(),
  updated_at        timestamptz NOT NULL DEFAULT now(),
  trace_id          text NOT NULL DEFAULT '',
  CHECK ((status = 'cancelled') = (cancel_reason IS NOT NULL))
);
CREATE INDEX orders_by_user ON orders.orders (user_id, created_at DESC);
-- What the settling job looks for: few rows of many.
CREATE INDEX orders_unsettled ON orders.orders (updated_at)
  WHERE status IN ('pending', 'paid') OR (status = 'cancelled' AND stock_released_at IS NULL);

CREATE TABLE orders.items (
  order_id         uuid NOT NULL REFERENCES orders.orders (id) ON DELETE CASCADE,
  line             integer NOT NULL CHECK (line > 0),
  product_id       text NOT NULL,
  name             text NOT NULL,
  quantity         integer NOT NULL CHECK (quantity > 0),
  unit_price_cents integer NOT NULL CHECK (unit_price_cents > 0),
  created_at       timestamptz NOT NULL DEFAULT now(),
  trace_id         text NOT NULL DEFAULT '',
  PRIMARY KEY (order_id, line)
);
