-- What customers are told of their orders, to be read in the shop: nothing is sent anywhere.
CREATE TABLE notifications.notifications (
  id         uuid PRIMARY KEY,
  order_id   uuid NOT NULL,
  kind       text NOT NULL CHECK (kind IN ('order_received', 'order_paid', 'order_dispatched', 'order_delivered', 'order_cancelled', 'payment_refunded')),
  title      text NOT NULL,
  body       text NOT NULL,
  created_at timestamptz NOT NULL,
  read_at    timestamptz,
  trace_id   text NOT NULL DEFAULT ''
);
CREATE INDEX notifications_of_order ON notifications.notifications (order_id);
CREATE INDEX notifications_by_age ON notifications.notifications (created_at);
-- Whose order it is: only one event says so, and events keep no order.
CREATE TABLE notifications.recipients (
  order_id   uuid PRIMARY KEY,
  user_id    uuid NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE INDEX recipients_by_user ON notifications.recipients (user_id);
CREATE INDEX recipients_by_age ON notifications.recipients (created_at);
