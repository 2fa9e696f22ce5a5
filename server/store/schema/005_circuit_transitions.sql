CREATE TABLE IF NOT EXISTS @db.circuit_transitions @on_cluster
(
    timestamp               DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1)),
    name                    LowCardinality(String),
    service_name            LowCardinality(String),
    service_instance_id     LowCardinality(String),
    state                   LowCardinality(String),
    previous_state          LowCardinality(String),
    reason                  String,
    failures                UInt32,
    calls                   UInt32,
    threshold               UInt32,
    reset_timeout_ms        UInt32,
    half_open_success_count UInt32,
    next_attempt            DateTime64(3, 'UTC'),
    trace_ids               Array(FixedString(16)),
    source                  LowCardinality(String)
)
ENGINE = @merge_tree
PARTITION BY toYYYYMM(timestamp)
ORDER BY (service_name, name, timestamp)
SETTINGS @dedup, @durable;
