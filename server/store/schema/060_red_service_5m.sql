-- The same as red_1m by five minutes and without operations: what one service served over a day is a sketch for every point, of
-- which a busy day has a hundred thousand by operation and status. Takes 0.2 bytes a span; by the minute it took 0.7.
--   failed: spans that count as failures (FAILED_IN_ROLLUP says which they are).
-- Rows are partial until merged: always sum(count), sum(recorded), sum(failed), …Merge with GROUP BY.
CREATE TABLE IF NOT EXISTS @db.red_service_5m @on_cluster
(
    slot               DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
    service_name       LowCardinality(String),
    kind               UInt8,
    count              SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    recorded           SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    failed             SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    duration_quantiles AggregateFunction(quantilesTDigest(0.5, 0.95, 0.99), UInt64) CODEC(ZSTD(3))
)
ENGINE = @aggregating_merge_tree
PARTITION BY toDate(slot)
ORDER BY (service_name, kind, slot)
-- A sketch is read with all of its granule, a kilobyte each: small granules spare those of other services.
SETTINGS @dedup, @durable, index_granularity = 256, min_parts_to_merge_at_once = 20;

-- Of stores that were made before; their rows say 0.
ALTER TABLE @db.red_service_5m @on_cluster
    ADD COLUMN IF NOT EXISTS recorded SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)) AFTER count;
