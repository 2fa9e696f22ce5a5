-- No plain `timestamp` in the key: see 001_spans_raw.sql.
CREATE TABLE IF NOT EXISTS @db.logs @on_cluster
(
    timestamp              DateTime64(9, 'UTC') CODEC(Delta(8), ZSTD(1)),
    trace_id               FixedString(16) CODEC(ZSTD(1)),
    span_id                FixedString(8) CODEC(ZSTD(1)),
    service_name           LowCardinality(String),
    service_instance_id    LowCardinality(String),
    service_version        LowCardinality(String),
    deployment_environment LowCardinality(String),
    severity_number        UInt8,
    severity_text          LowCardinality(String),
    event_name             LowCardinality(String),
    body                   String CODEC(ZSTD(1)),
    scope_name             LowCardinality(String),
    resource_attributes    Map(LowCardinality(String), LowCardinality(String)) CODEC(ZSTD(1)),
    attributes             Map(LowCardinality(String), LowCardinality(String)) CODEC(ZSTD(3)),
    INDEX by_trace trace_id TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = @merge_tree
PARTITION BY toDate(timestamp)
ORDER BY (toStartOfFiveMinutes(timestamp), service_name, toUnixTimestamp64Nano(timestamp))
SETTINGS @dedup, @durable;
