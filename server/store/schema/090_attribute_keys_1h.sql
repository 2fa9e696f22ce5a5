-- Which attributes spans and their resources have, by the hour: what a search completes. By the hour of the span, so that those
-- that come late are counted where they belong.
-- Rows are partial until merged: always sum(spans) with GROUP BY.
CREATE TABLE IF NOT EXISTS @db.attribute_keys_1h @on_cluster
(
    slot         DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
    service_name LowCardinality(String),
    key          LowCardinality(String),
    spans        SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1))
)
ENGINE = @aggregating_merge_tree
PARTITION BY toDate(slot)
ORDER BY (slot, service_name, key)
SETTINGS @dedup, @durable;
