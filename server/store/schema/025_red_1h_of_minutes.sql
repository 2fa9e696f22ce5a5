-- once: until red_1h_of_red_1m.hour is there
-- The minutes that were there before the hours. The token makes it happen once, also when two processes prepare the store at a
-- time or one dies on the way; nobody inserts spans before their own process has been here, and from then on the view does it.
INSERT INTO @db.red_1h (hour, service_name, kind, name, peer_service, db_system_name, count, recorded, failed, duration_ns_max, duration_quantiles)
SELECT
    toStartOfHour(minute) AS hour,
    service_name,
    kind,
    name,
    peer_service,
    db_system_name,
    sum(red.count) AS count,
    sum(red.recorded) AS recorded,
    sum(multiIf(http_response_status_code >= 500, red.count, kind = 3 AND http_response_status_code >= 400, 0, red.errors)) AS failed,
    max(red.duration_ns_max) AS duration_ns_max,
    quantilesTDigestMergeState(0.5, 0.95, 0.99)(red.duration_quantiles) AS duration_quantiles
FROM @db.red_1m AS red
GROUP BY hour, service_name, kind, name, peer_service, db_system_name
SETTINGS insert_deduplication_token = 'red_1h of all minutes before', optimize_aggregation_in_order = 1, max_threads = 1,
    max_insert_threads = 1, max_insert_block_size = 10000000, min_insert_block_size_rows = 10000000,
    min_insert_block_size_bytes = 1000000000, throw_on_max_partitions_per_insert_block = 0;

CREATE MATERIALIZED VIEW IF NOT EXISTS @db.red_1h_of_red_1m @on_cluster TO @db.red_1h AS
SELECT
    toStartOfHour(minute) AS hour,
    service_name,
    kind,
    name,
    peer_service,
    db_system_name,
    sum(red.count) AS count,
    sum(red.recorded) AS recorded,
    sum(multiIf(http_response_status_code >= 500, red.count, kind = 3 AND http_response_status_code >= 400, 0, red.errors)) AS failed,
    max(red.duration_ns_max) AS duration_ns_max,
    quantilesTDigestMergeState(0.5, 0.95, 0.99)(red.duration_quantiles) AS duration_quantiles
FROM @db.red_1m AS red
GROUP BY hour, service_name, kind, name, peer_service, db_system_name;
