-- The key holds no plain `timestamp`: were it there, a window would be taken for a condition on that column, which lies behind
-- name and service, and every granule of the day would be read. As it is, a window finds its stretches of five minutes by
-- binary search, because toStartOfFiveMinutes() is monotonic.
-- adjusted_count: how many spans it stands for, itself included, as its tracestate says (`ot=th:…`: so much of 2^56 was rejected;
-- https://opentelemetry.io/docs/specs/otel/trace/tracestate-probability-sampling/). Rounded up or down by the trace's id, so that a sum is
-- right and all spans of a trace weigh the same; a million at most, whatever a sender says. Whoever counts spans sums it.
CREATE TABLE IF NOT EXISTS @db.spans @on_cluster
(
    timestamp                 DateTime64(9, 'UTC') CODEC(Delta(8), ZSTD(1)),
    duration_ns               UInt64 CODEC(T64, ZSTD(1)),
    trace_id                  FixedString(16) CODEC(ZSTD(1)),
    span_id                   FixedString(8) CODEC(NONE),
    parent_span_id            FixedString(8) CODEC(ZSTD(1)),
    trace_state               String CODEC(ZSTD(1)),
    service_name              LowCardinality(String),
    service_instance_id       LowCardinality(String),
    service_version           LowCardinality(String),
    deployment_environment    LowCardinality(String),
    name                      LowCardinality(String),
    kind                      UInt8,
    status_code               UInt8,
    status_message            String CODEC(ZSTD(1)),
    error_type                LowCardinality(String),
    http_request_method       LowCardinality(String),
    http_route                LowCardinality(String),
    http_response_status_code UInt16 CODEC(ZSTD(1)),
    server_address            LowCardinality(String),
    peer_service              LowCardinality(String),
    db_system_name            LowCardinality(String),
    db_namespace              LowCardinality(String),
    messaging_system          LowCardinality(String),
    messaging_destination_name LowCardinality(String),
    circuit_breaker_name      LowCardinality(String),
    circuit_breaker_outcome   LowCardinality(String),
    scope_name                LowCardinality(String),
    resource_attributes       Map(LowCardinality(String), LowCardinality(String)) CODEC(ZSTD(1)),
    attributes                Map(LowCardinality(String), LowCardinality(String)) CODEC(ZSTD(3)),
    event_timestamps          Array(DateTime64(9, 'UTC')) CODEC(ZSTD(1)),
    event_names               Array(LowCardinality(String)) CODEC(ZSTD(1)),
    event_attributes          Array(Map(LowCardinality(String), String)) CODEC(ZSTD(1)),
    link_trace_ids            Array(FixedString(16)) CODEC(ZSTD(1)),
    link_span_ids             Array(FixedString(8)) CODEC(ZSTD(1)),
    adjusted_count            UInt32 DEFAULT if(trace_state IN ('', 'ot=th:0'), 1, toUInt32(least(1000000, floor(
        72057594037927936 / (72057594037927936 - reinterpretAsUInt64(reverse(unhex(
            rightPad(extract(trace_state, 'ot=(?:[^,;]*;)*th:([0-9a-f]{1,14})'), 14, '0')))))
        + cityHash64(trace_id) / 18446744073709551616)))) CODEC(T64, ZSTD(1)),
    INDEX by_trace trace_id TYPE bloom_filter(0.025) GRANULARITY 1
)
ENGINE = @merge_tree
PARTITION BY toDate(timestamp)
ORDER BY (toStartOfFiveMinutes(timestamp), service_name, name, toUnixTimestamp64Nano(timestamp))
SETTINGS @dedup, @durable;

-- Of stores that were made before.
ALTER TABLE @db.spans @on_cluster
    ADD COLUMN IF NOT EXISTS adjusted_count UInt32 DEFAULT if(trace_state IN ('', 'ot=th:0'), 1, toUInt32(least(1000000, floor(
        72057594037927936 / (72057594037927936 - reinterpretAsUInt64(reverse(unhex(
            rightPad(extract(trace_state, 'ot=(?:[^,;]*;)*th:([0-9a-f]{1,14})'), 14, '0')))))
        + cityHash64(trace_id) / 18446744073709551616)))) CODEC(T64, ZSTD(1));
