-- Which versions of a service were seen when: one that appears is a deploy (server/deploys/find-appearances.ts).
-- Rows are partial until merged: always min(first_seen), max(last_seen) with GROUP BY.
CREATE TABLE IF NOT EXISTS @db.versions_5m @on_cluster
(
    slot            DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
    service_name    LowCardinality(String),
    service_version LowCardinality(String),
    first_seen      SimpleAggregateFunction(min, DateTime64(3, 'UTC')) CODEC(ZSTD(1)),
    last_seen       SimpleAggregateFunction(max, DateTime64(3, 'UTC')) CODEC(ZSTD(1))
)
ENGINE = @aggregating_merge_tree
PARTITION BY toDate(slot)
ORDER BY (service_name, slot, service_version)
SETTINGS @dedup, @durable;

CREATE MATERIALIZED VIEW IF NOT EXISTS @db.versions_5m_of_spans @on_cluster TO @db.versions_5m AS
SELECT
    toStartOfInterval(toDateTime(timestamp, 'UTC'), INTERVAL 5 MINUTE) AS slot,
    service_name,
    service_version,
    min(toDateTime64(timestamp, 3, 'UTC')) AS first_seen,
    max(toDateTime64(timestamp, 3, 'UTC')) AS last_seen
FROM @db.spans
WHERE service_version <> ''
GROUP BY slot, service_name, service_version;
