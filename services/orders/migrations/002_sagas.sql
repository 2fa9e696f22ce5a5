-- Each purchase from the moment it was received: `data` is what its history comes to.
CREATE TABLE orders.sagas (
  order_id   uuid PRIMARY KEY,
  user_id    uuid NOT NULL,
  state      text NOT NULL CHECK (state IN ('RECEIVED', 'ORDER_REQUESTED', 'RESERVED', 'PAID', 'DELIVERED', 'COMPENSATING', 'CANCELLED')),
  version    integer NOT NULL,
  data       jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  trace_id   text NOT NULL DEFAULT ''
);
-- What the settling job looks for: received, and never made an order.
CREATE INDEX sagas_received ON orders.sagas (updated_at) WHERE state = 'RECEIVED';

CREATE TABLE orders.history (
  order_id    uuid NOT NULL REFERENCES orders.sagas (order_id),
  version     integer NOT NULL,
  type        text NOT NULL,
  payload     jsonb NOT NULL,
  occurred_at timestamptz NOT NULL DEFAULT now(),
  trace_id    text NOT NULL DEFAULT '',
  PRIMARY KEY (order_id, version)
);

-- Orders from before there was a history are given the one that their rows tell.
CREATE TEMPORARY TABLE told ON COMMIT DROP AS
  SELECT o.id AS order_id, o.updated_at, o.trace_id, step.type, step.payload,
    CASE WHEN step.ordinal < 3 THEN o.created_at ELSE o.updated_at END AS occurred_at,
    row_number() OVER (PARTITION BY o.id ORDER BY step.ordinal)::integer AS version
  FROM orders.orders o
  CROSS JOIN LATERAL (VALUES
    (1, true, 'order.created.v1', jsonb_build_object('orderId', o.id, 'userId', o.user_id, 'totalCents', o.total_cents, 'items',
      (SELECT coalesce(jsonb_agg(jsonb_build_object('productId', product_id, 'quantity', quantity) ORDER BY line), '[]')
       FROM orders.items WHERE order_id = o.id))),
    (2, o.status <> 'cancelled', 'order.reserved.v1', jsonb_build_object('orderId', o.id)),
    (3, o.status IN ('paid', 'shipped'), 'order.paid.v1',
      jsonb_build_object('orderId', o.id, 'paymentId', o.payment_id, 'amountCents', o.total_cents)),
    (4, o.status = 'shipped', 'order.shipped.v1', jsonb_build_object('orderId', o.id, 'shipmentId', o.shipment_id)),
    (5, o.status = 'cancelled', 'order.cancelled.v1',
      jsonb_build_object('orderId', o.id, 'reason', o.cancel_reason, 'refund', false)),
    (6, o.status = 'cancelled' AND o.stock_released_at IS NOT NULL, 'order.released.v1', jsonb_build_object('orderId', o.id))
  ) AS step (ordinal, happened, type, payload)
  WHERE step.happened;

INSERT INTO orders.sagas (order_id, user_id, state, version, data, created_at, updated_at, trace_id)
  SELECT o.id, o.user_id, s.state, (SELECT count(*) FROM told WHERE told.order_id = o.id),
    jsonb_build_object('state', s.state, 'status', o.status, 'totalCents', o.total_cents, 'paymentId', o.payment_id,
      'shipmentId', o.shipment_id, 'cancelReason', o.cancel_reason,
      'awaits', CASE s.state WHEN 'COMPENSATING' THEN '["release"]'::jsonb ELSE '[]'::jsonb END),
    o.created_at, o.updated_at, o.trace_id
  FROM orders.orders o
  CROSS JOIN LATERAL (SELECT CASE WHEN o.status = 'pending' THEN 'RESERVED' WHEN o.status IN ('paid', 'shipped') THEN 'PAID'
    WHEN o.stock_released_at IS NULL THEN 'COMPENSATING' ELSE 'CANCELLED' END AS state) AS s;
INSERT INTO orders.history (order_id, version, type, payload, occurred_at, trace_id)
  SELECT order_id, version, type, payload, occurred_at, trace_id FROM told;
-- Counters that are kept by events begin at what there is.
INSERT INTO orders.outbox (type, key, payload, occurred_at)
  SELECT type, order_id::text, payload, occurred_at FROM told WHERE type = 'order.created.v1' ORDER BY occurred_at;
