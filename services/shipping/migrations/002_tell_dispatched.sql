-- Parcels that went before anybody was told of such.
INSERT INTO shipping.outbox (type, key, payload, occurred_at)
  SELECT 'shipment.dispatched.v1', order_id::text, jsonb_build_object('orderId', order_id, 'shipmentId', id), updated_at
  FROM shipping.shipments WHERE status = 'dispatched' ORDER BY updated_at;
