-- The same as red_1m without operations: what one service served by the minute is a sketch a minute instead of one for every
-- operation and status, of which a busy day has a hundred thousand. Takes a tenth of a byte a span.
--   failed: spans that count as failures (FAILED_IN_ROLLUP says which they are).
-- Rows are partial until merged: always sum(count), sum(failed), …Merge with GROUP BY.
CREATE TABLE IF NOT EXISTS @db.red_service_1m @on_cluster
(
    minute             DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
    service_name       LowCardinality(String),
    kind               UInt8,
    count              SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    failed             SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    duration_quantiles AggregateFunction(quantilesTDigest(0.5, 0.95, 0.99), UInt64) CODEC(ZSTD(3))
)
ENGINE = @aggregating_merge_tree
PARTITION BY toDate(minute)
ORDER BY (service_name, kind, minute)
SETTINGS @dedup, @durable, min_parts_to_merge_at_once = 20;
