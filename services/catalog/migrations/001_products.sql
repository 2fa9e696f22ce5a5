CREATE TABLE catalog.products (
  id          text PRIMARY KEY CHECK (id ~ '^[a-z0-9-]{3,60}$'),
  name        text NOT NULL,
  description text NOT NULL,
  category    text NOT NULL,
  price_cents integer NOT NULL CHECK (price_cents > 0),
  currency    text NOT NULL DEFAULT 'EUR' CHECK (currency ~ '^[A-Z]{3}$'),
  active      boolean NOT NULL DEFAULT true,
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now(),
  trace_id    text NOT NULL DEFAULT ''
);
CREATE INDEX products_by_category ON catalog.products (category, name) WHERE active;
