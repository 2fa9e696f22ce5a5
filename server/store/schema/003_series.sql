CREATE TABLE IF NOT EXISTS @db.series @on_cluster
(
    metric_name LowCardinality(String),
    series_id   UInt64,
    labels      Map(LowCardinality(String), String),
    type        LowCardinality(String),
    unit        LowCardinality(String),
    help        String CODEC(ZSTD(1)),
    last_seen   DateTime64(3, 'UTC')
)
ENGINE = @replacing_merge_tree(last_seen)
PARTITION BY toDate(last_seen)
ORDER BY (metric_name, series_id)
SETTINGS @dedup, @durable;
