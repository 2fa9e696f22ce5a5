-- How old the samples of each insert were, so that who keeps samples in memory (server/promql/read/sample-cache.ts) learns of
-- late ones. An insert shows up here when it becomes visible, under the time at which it began.
-- Not @durable, not @dedup: what kept samples in memory outlives no power cut, and a replay that is noted again does no harm.
CREATE TABLE IF NOT EXISTS @db.sample_arrivals @on_cluster
(
    arrived_at DateTime64(3, 'UTC'),
    oldest     DateTime64(3, 'UTC')
)
ENGINE = @merge_tree
PARTITION BY toDate(arrived_at)
ORDER BY arrived_at
TTL toDateTime(arrived_at) + INTERVAL 1 DAY
SETTINGS ttl_only_drop_parts = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS @db.sample_arrivals_of_samples @on_cluster TO @db.sample_arrivals AS
SELECT now64(3, 'UTC') AS arrived_at, min(timestamp) AS oldest
FROM @db.samples;
