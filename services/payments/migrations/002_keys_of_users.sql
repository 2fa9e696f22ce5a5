-- A key is its user's own: another's choice of the same must not stand in the way.
ALTER TABLE payments.payments DROP CONSTRAINT payments_idempotency_key_key;
ALTER TABLE payments.payments ADD CONSTRAINT payments_one_per_key UNIQUE (user_id, idempotency_key);
