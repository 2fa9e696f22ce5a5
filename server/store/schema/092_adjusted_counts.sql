-- once: until red_service_5m_of_red_1m.recorded is there
-- Stores that were made before spans said how many they stand for: their rollups counted rows.
ALTER TABLE @db.red_1m_of_spans @on_cluster MODIFY QUERY
SELECT
    toStartOfMinute(toDateTime(timestamp, 'UTC')) AS minute,
    service_name,
    kind,
    name,
    http_response_status_code,
    peer_service,
    db_system_name,
    sum(adjusted_count) AS count,
    count() AS recorded,
    sumIf(adjusted_count, status_code = 2) AS errors,
    sum(duration_ns * adjusted_count) AS duration_ns_sum,
    max(duration_ns) AS duration_ns_max,
    quantilesTDigestState(0.5, 0.95, 0.99)(duration_ns) AS duration_quantiles
FROM @db.spans
GROUP BY minute, service_name, kind, name, http_response_status_code, peer_service, db_system_name;

ALTER TABLE @db.red_1h_of_red_1m @on_cluster MODIFY QUERY
SELECT
    toStartOfHour(minute) AS hour,
    service_name,
    kind,
    name,
    peer_service,
    db_system_name,
    sum(red.count) AS count,
    sum(red.recorded) AS recorded,
    sum(multiIf(http_response_status_code >= 500, red.count, kind = 3 AND http_response_status_code >= 400, 0, red.errors)) AS failed,
    max(red.duration_ns_max) AS duration_ns_max,
    quantilesTDigestMergeState(0.5, 0.95, 0.99)(red.duration_quantiles) AS duration_quantiles
FROM @db.red_1m AS red
GROUP BY hour, service_name, kind, name, peer_service, db_system_name;

ALTER TABLE @db.red_service_5m_of_red_1m @on_cluster MODIFY QUERY
SELECT
    toStartOfFiveMinutes(minute) AS slot,
    service_name,
    kind,
    sum(red.count) AS count,
    sum(red.recorded) AS recorded,
    sum(multiIf(http_response_status_code >= 500, red.count, kind = 3 AND http_response_status_code >= 400, 0, red.errors)) AS failed,
    quantilesTDigestMergeState(0.5, 0.95, 0.99)(red.duration_quantiles) AS duration_quantiles
FROM @db.red_1m AS red
GROUP BY slot, service_name, kind;
