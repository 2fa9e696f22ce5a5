-- once: until trace_times_of_spans.trace_hash is there
-- The spans that were there before, a row each until merges have put them together; once and with a token for the reasons that
-- 025_red_1h_of_minutes.sql gives.
INSERT INTO @db.trace_times (trace_hash, day, min_timestamp, max_timestamp)
SELECT
    cityHash64(trace_id) AS trace_hash,
    toDate(timestamp) AS day,
    toDateTime(timestamp, 'UTC') AS min_timestamp,
    toDateTime(timestamp, 'UTC') + INTERVAL 1 SECOND AS max_timestamp
FROM @db.spans
SETTINGS insert_deduplication_token = 'trace_times of all spans before', max_threads = 1, max_insert_threads = 1,
    throw_on_max_partitions_per_insert_block = 0;

CREATE MATERIALIZED VIEW IF NOT EXISTS @db.trace_times_of_spans @on_cluster TO @db.trace_times AS
SELECT
    cityHash64(trace_id) AS trace_hash,
    toDate(timestamp) AS day,
    min(toDateTime(timestamp, 'UTC')) AS min_timestamp,
    max(toDateTime(timestamp, 'UTC') + INTERVAL 1 SECOND) AS max_timestamp
FROM @db.spans
GROUP BY trace_hash, day;
