-- What the youngest of the shipped services promises. A migration runs once: an objective that was deleted stays deleted.
INSERT INTO "control"."slo" ("service", "kind", "target", "window_days")
VALUES ('notifications', 'availability', 0.995, 30)
ON CONFLICT DO NOTHING;
