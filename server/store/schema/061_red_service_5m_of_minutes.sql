-- once: until red_service_5m_of_red_1m.slot is there
-- The minutes that were there before; once and with a token for the reasons that 025_red_1h_of_minutes.sql gives.
INSERT INTO @db.red_service_5m (slot, service_name, kind, count, recorded, failed, duration_quantiles)
SELECT
    toStartOfFiveMinutes(minute) AS slot,
    service_name,
    kind,
    sum(red.count) AS count,
    sum(red.recorded) AS recorded,
    sum(multiIf(http_response_status_code >= 500, red.count, kind = 3 AND http_response_status_code >= 400, 0, red.errors)) AS failed,
    quantilesTDigestMergeState(0.5, 0.95, 0.99)(red.duration_quantiles) AS duration_quantiles
FROM @db.red_1m AS red
GROUP BY slot, service_name, kind
SETTINGS insert_deduplication_token = 'red_service_5m of all minutes before', optimize_aggregation_in_order = 1, max_threads = 1,
    max_insert_threads = 1, max_insert_block_size = 10000000, min_insert_block_size_rows = 10000000,
    min_insert_block_size_bytes = 1000000000, throw_on_max_partitions_per_insert_block = 0;

CREATE MATERIALIZED VIEW IF NOT EXISTS @db.red_service_5m_of_red_1m @on_cluster TO @db.red_service_5m AS
SELECT
    toStartOfFiveMinutes(minute) AS slot,
    service_name,
    kind,
    sum(red.count) AS count,
    sum(red.recorded) AS recorded,
    sum(multiIf(http_response_status_code >= 500, red.count, kind = 3 AND http_response_status_code >= 400, 0, red.errors)) AS failed,
    quantilesTDigestMergeState(0.5, 0.95, 0.99)(red.duration_quantiles) AS duration_quantiles
FROM @db.red_1m AS red
GROUP BY slot, service_name, kind;
