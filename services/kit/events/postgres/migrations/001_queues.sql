-- The shipped broker: what RabbitMQ would hold, in a schema of its own that no service's tables are in.
CREATE TABLE events.log (
  position     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id           uuid NOT NULL UNIQUE,
  name         text NOT NULL,
  envelope     jsonb NOT NULL,
  published_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX log_by_age ON events.log (published_at);
CREATE TABLE events.subscriptions (
  consumer_group text NOT NULL,
  name           text NOT NULL,
  PRIMARY KEY (consumer_group, name)
);
CREATE TABLE events.queue (
  consumer_group text NOT NULL,
  position       bigint NOT NULL REFERENCES events.log (position),
  attempts       integer NOT NULL DEFAULT 0,
  -- A delivery that is under way is invisible until its lease ends; its consumer died if it shows then.
  available_at   timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (consumer_group, position)
);
CREATE INDEX queue_by_position ON events.queue (position);
