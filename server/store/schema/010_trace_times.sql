-- Where a trace lies in time: `spans` is ordered by time, so a trace id alone would read all of it.
--   SELECT min(min_timestamp) AS from, max(max_timestamp) AS to FROM trace_times WHERE trace_hash = cityHash64(trace_id)
-- and then `spans` WHERE timestamp BETWEEN from AND to AND trace_id = … . Half the bytes of the id are enough: should two traces
-- share a hash, the bounds are those of both. They are whole seconds, both inclusive: min_timestamp is rounded down and
-- max_timestamp up. A trace has a row for each insert until they are merged, and one for each day it touches: always aggregate.
CREATE TABLE IF NOT EXISTS @db.trace_times @on_cluster
(
    trace_hash    UInt64 CODEC(Delta(8), ZSTD(1)),
    day           Date CODEC(ZSTD(1)),
    min_timestamp SimpleAggregateFunction(min, DateTime('UTC')) CODEC(Delta(4), ZSTD(1)),
    max_timestamp SimpleAggregateFunction(max, DateTime('UTC')) CODEC(Delta(4), ZSTD(1))
)
ENGINE = @aggregating_merge_tree
PARTITION BY day
ORDER BY trace_hash
SETTINGS @dedup, @durable, index_granularity = 1024, min_parts_to_merge_at_once = 20;
