CREATE INDEX shipments_by_user ON shipping.shipments (user_id, created_at DESC);
