-- No key: an effect that is applied twice is to show.
CREATE TABLE applied (event_id uuid NOT NULL, product_id text NOT NULL);
CREATE TABLE counts (product_id text PRIMARY KEY, orders integer NOT NULL);
