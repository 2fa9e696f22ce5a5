CREATE TABLE IF NOT EXISTS @db.samples @on_cluster
(
    metric_name LowCardinality(String),
    series_id   UInt64 CODEC(Delta(8), ZSTD(1)),
    timestamp   DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    value       Float64 CODEC(Delta(8), ZSTD(1))
)
ENGINE = @merge_tree
PARTITION BY toDate(timestamp)
ORDER BY (metric_name, series_id, timestamp)
TTL @ttl_metrics(timestamp)
SETTINGS @dedup, @durable;
