CREATE TABLE shipping.shipments (
  id            uuid PRIMARY KEY,
  order_id      uuid NOT NULL UNIQUE,
  user_id       uuid NOT NULL,
  status        text NOT NULL CHECK (status IN ('preparing', 'dispatched')),
  carrier       text NOT NULL,
  tracking_code text NOT NULL,
  created_at    timestamptz NOT NULL DEFAULT now(),
  updated_at    timestamptz NOT NULL DEFAULT now(),
  trace_id      text NOT NULL DEFAULT ''
);
CREATE INDEX shipments_preparing ON shipping.shipments (created_at) WHERE status = 'preparing';
