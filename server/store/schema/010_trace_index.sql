-- Where a trace lies in time: `spans` is ordered by time, so a trace id alone would read all of it.
--   SELECT min(min_timestamp) AS from, max(max_timestamp) AS to FROM trace_index WHERE trace_id = unhex({id:String})
-- and then `spans` WHERE timestamp BETWEEN from AND to AND trace_id = … . The bounds are whole seconds, both inclusive:
-- min_timestamp is rounded down and max_timestamp up. A trace has a row for each insert until they are merged, and one
-- for each day it touches: always aggregate.
CREATE TABLE IF NOT EXISTS @db.trace_index @on_cluster
(
    trace_id      FixedString(16) CODEC(ZSTD(1)),
    day           Date CODEC(ZSTD(1)),
    min_timestamp SimpleAggregateFunction(min, DateTime('UTC')) CODEC(Delta(4), ZSTD(1)),
    max_timestamp SimpleAggregateFunction(max, DateTime('UTC')) CODEC(Delta(4), ZSTD(1))
)
ENGINE = @aggregating_merge_tree
PARTITION BY day
ORDER BY trace_id
SETTINGS @dedup, @durable, index_granularity = 1024;

CREATE MATERIALIZED VIEW IF NOT EXISTS @db.trace_index_of_spans @on_cluster TO @db.trace_index AS
SELECT
    trace_id,
    toDate(timestamp) AS day,
    min(toDateTime(timestamp, 'UTC')) AS min_timestamp,
    max(toDateTime(timestamp, 'UTC') + INTERVAL 1 SECOND) AS max_timestamp
FROM @db.spans
GROUP BY trace_id, day;
