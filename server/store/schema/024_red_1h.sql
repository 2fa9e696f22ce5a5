-- The same as red_1m by the hour, for windows of many hours: a day of a busy site has a hundred times fewer sketches to merge.
--   failed: spans that count as failures, so that the status need not be told apart (FAILED_IN_ROLLUP says which they are).
-- Rows are partial until merged: always sum(count), sum(recorded), sum(failed), max(duration_ns_max), …Merge with GROUP BY.
CREATE TABLE IF NOT EXISTS @db.red_1h @on_cluster
(
    hour               DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
    service_name       LowCardinality(String),
    kind               UInt8,
    name               LowCardinality(String),
    peer_service       LowCardinality(String),
    db_system_name     LowCardinality(String),
    count              SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    recorded           SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    failed             SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    duration_ns_max    SimpleAggregateFunction(max, UInt64) CODEC(T64, ZSTD(1)),
    duration_quantiles AggregateFunction(quantilesTDigest(0.5, 0.95, 0.99), UInt64) CODEC(ZSTD(3))
)
ENGINE = @aggregating_merge_tree
PARTITION BY toDate(hour)
ORDER BY (service_name, kind, name, peer_service, db_system_name, hour)
SETTINGS @dedup, @durable, index_granularity = 512;

-- Of stores that were made before; their rows say 0.
ALTER TABLE @db.red_1h @on_cluster
    ADD COLUMN IF NOT EXISTS recorded SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)) AFTER count;
