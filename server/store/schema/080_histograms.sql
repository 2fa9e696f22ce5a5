-- Native histograms: a value of a series that is one row, not one series a bucket. Spans say which buckets there are, as Prometheus
-- has them: of each how many indexes it is behind the end of the one before (the first: behind zero), and how many buckets it has.
-- Counts are whole numbers, or floats where one of them is none; differences of neighbours take half the bytes of the counts
-- themselves (30 bytes for 35 buckets, as against 64). `bounds` belong to the schema -53. reset_hint: 0 unknown, 1 reset, 2 none, 3 gauge.
--   That a series has ended is told by a sample, whatever its samples were.
CREATE TABLE IF NOT EXISTS @db.histograms @on_cluster
(
    metric_name           LowCardinality(String),
    series_id             UInt64 CODEC(Delta(8), ZSTD(1)),
    timestamp             DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    reset_hint            UInt8 CODEC(ZSTD(1)),
    schema                Int8 CODEC(ZSTD(1)),
    zero_threshold        Float64 CODEC(ZSTD(1)),
    zero_count            Float64 CODEC(Delta(8), ZSTD(1)),
    count                 Float64 CODEC(Delta(8), ZSTD(1)),
    sum                   Float64 CODEC(Delta(8), ZSTD(1)),
    positive_offsets      Array(Int32) CODEC(ZSTD(1)),
    positive_lengths      Array(UInt32) CODEC(ZSTD(1)),
    positive_counts       Array(UInt64) CODEC(Delta(8), ZSTD(1)),
    positive_float_counts Array(Float64) CODEC(Delta(8), ZSTD(1)),
    negative_offsets      Array(Int32) CODEC(ZSTD(1)),
    negative_lengths      Array(UInt32) CODEC(ZSTD(1)),
    negative_counts       Array(UInt64) CODEC(Delta(8), ZSTD(1)),
    negative_float_counts Array(Float64) CODEC(Delta(8), ZSTD(1)),
    bounds                Array(Float64) CODEC(ZSTD(1))
)
ENGINE = @merge_tree
PARTITION BY toDate(timestamp)
ORDER BY (metric_name, series_id, timestamp)
SETTINGS @dedup, @durable;

CREATE MATERIALIZED VIEW IF NOT EXISTS @db.sample_arrivals_of_histograms @on_cluster TO @db.sample_arrivals AS
SELECT now64(3, 'UTC') AS arrived_at, min(timestamp) AS oldest
FROM @db.histograms;

-- The metrics that ever had one, so that questions for others need not look for them.
CREATE TABLE IF NOT EXISTS @db.histogram_metrics @on_cluster
(
    metric_name String
)
ENGINE = @replacing_merge_tree
ORDER BY metric_name;

CREATE MATERIALIZED VIEW IF NOT EXISTS @db.histogram_metrics_of_histograms @on_cluster TO @db.histogram_metrics AS
SELECT metric_name
FROM @db.histograms
GROUP BY metric_name;
