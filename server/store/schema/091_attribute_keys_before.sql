-- once: until attribute_keys_1h_of_spans.slot is there
-- Of spans that were there before, those of the last day: what people complete is mostly of late.
INSERT INTO @db.attribute_keys_1h (slot, service_name, key, spans)
SELECT
    toStartOfHour(toDateTime(timestamp, 'UTC')) AS slot,
    service_name,
    arrayJoin(arrayConcat(mapKeys(attributes), mapKeys(resource_attributes))) AS key,
    count() AS spans
FROM @db.spans
WHERE timestamp >= now() - INTERVAL 1 DAY
GROUP BY slot, service_name, key
SETTINGS insert_deduplication_token = 'attribute_keys_1h of the day before';

CREATE MATERIALIZED VIEW IF NOT EXISTS @db.attribute_keys_1h_of_spans @on_cluster TO @db.attribute_keys_1h AS
SELECT slot, service_name, key, sum(alike) AS spans
FROM
(
    -- Spans have few sets of keys: they are counted by those first.
    SELECT
        toStartOfHour(toDateTime(timestamp, 'UTC')) AS slot,
        service_name,
        arrayConcat(mapKeys(attributes), mapKeys(resource_attributes)) AS keys,
        count() AS alike
    FROM @db.spans
    GROUP BY slot, service_name, keys
)
ARRAY JOIN keys AS key
GROUP BY slot, service_name, key;
