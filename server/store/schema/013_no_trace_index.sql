-- What trace_times replaced: the same with the whole id, twice the bytes.
DROP TABLE IF EXISTS @db.trace_index_of_spans @on_cluster;
DROP TABLE IF EXISTS @db.trace_index @on_cluster;
