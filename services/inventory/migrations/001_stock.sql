CREATE TABLE inventory.stock (
  product_id text PRIMARY KEY,
  on_hand    integer NOT NULL CHECK (on_hand >= 0),
  reserved   integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  trace_id   text NOT NULL DEFAULT ''
);

CREATE TABLE inventory.reservations (
  order_id   uuid NOT NULL,
  product_id text NOT NULL REFERENCES inventory.stock (product_id),
  quantity   integer NOT NULL CHECK (quantity > 0),
  status     text NOT NULL CHECK (status IN ('held', 'committed', 'released')),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  trace_id   text NOT NULL DEFAULT '',
  PRIMARY KEY (order_id, product_id)
);
CREATE INDEX reservations_held ON inventory.reservations (product_id) WHERE status = 'held';

-- What changed `on_hand`, and why: their sum is what is there.
CREATE TABLE inventory.movements (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  product_id text NOT NULL REFERENCES inventory.stock (product_id),
  delta      integer NOT NULL CHECK (delta <> 0),
  reason     text NOT NULL CHECK (reason IN ('seed', 'restock', 'sale')),
  order_id   uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  trace_id   text NOT NULL DEFAULT ''
);
CREATE INDEX movements_by_product ON inventory.movements (product_id);
