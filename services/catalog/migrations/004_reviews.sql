CREATE TABLE catalog.reviews (
  id         uuid PRIMARY KEY,
  product_id text NOT NULL REFERENCES catalog.products (id),
  -- Null: from the shop before this one, whose customers have no account here.
  user_id    uuid,
  author     text NOT NULL,
  rating     smallint NOT NULL CHECK (rating BETWEEN 1 AND 5),
  body       text NOT NULL CHECK (length(body) BETWEEN 1 AND 2000),
  created_at timestamptz NOT NULL DEFAULT now(),
  trace_id   text NOT NULL DEFAULT '',
  UNIQUE (product_id, user_id)
);
CREATE INDEX reviews_of_product ON catalog.reviews (product_id, created_at DESC, id);
CREATE INDEX reviews_of_user ON catalog.reviews (user_id) WHERE user_id IS NOT NULL;
