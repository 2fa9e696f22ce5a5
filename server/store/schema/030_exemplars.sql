-- Single observations of a series and what they belong to, which is a trace. `labels` are the
-- exemplar's own (trace_id, span_id), in hexadecimal as senders write them; the codec halves that.
CREATE TABLE IF NOT EXISTS @db.exemplars @on_cluster
(
    metric_name LowCardinality(String),
    series_id   UInt64 CODEC(Delta(8), ZSTD(1)),
    timestamp   DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1)),
    value       Float64 CODEC(ZSTD(1)),
    labels      Map(LowCardinality(String), String) CODEC(ZSTD(3))
)
ENGINE = @merge_tree
PARTITION BY toDate(timestamp)
ORDER BY (metric_name, series_id, timestamp)
SETTINGS @dedup, @durable;
