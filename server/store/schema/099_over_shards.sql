-- On a cluster, what is asked and inserted into: tables of the same names over those of all shards; nothing where there is one
-- node. Last, and made anew each time, because they take the columns that the shards' tables have by then; they hold no rows.
--   Where a row goes follows from the row alone: a segment that is sent again must be cut as it was the first time, or its token
-- would keep out rows that a shard has not seen. The spans of a trace lie together, and so do the samples of a series.
-- Rollups come to be beside the spans they are made of; nobody inserts into them from outside.
@over_shards(spans, trace_id);
@over_shards(trace_times, trace_hash);
@over_shards(attribute_keys_1h, service_name);
@over_shards(logs, trace_id, service_name, timestamp);
@over_shards(series, series_id);
@over_shards(samples, series_id);
@over_shards(exemplars, series_id);
@over_shards(histograms, series_id);
@over_shards(histogram_metrics, metric_name);
@over_shards(sample_arrivals, arrived_at);
@over_shards(circuit_transitions, service_name, name);
@over_shards(red_1m, service_name);
@over_shards(red_service_5m, service_name);
@over_shards(red_1h, service_name);
@over_shards(versions_5m, service_name);
