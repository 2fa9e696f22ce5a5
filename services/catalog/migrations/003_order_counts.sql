-- Kept by the events of orders; the check product-order-counts compares it with their rows.
CREATE TABLE catalog.order_counts (
  product_id text PRIMARY KEY,
  orders     integer NOT NULL CHECK (orders > 0),
  updated_at timestamptz NOT NULL DEFAULT now()
);
