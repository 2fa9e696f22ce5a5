-- Stores that were made when a TTL of the table said how long rows are kept. Such a TTL cannot be lengthened without writing the
-- parts anew: each carries the date of its end. Without one, partitions go by policy (docs/decisions/retention.md).
-- Where there is no TTL this is refused, which server/store/migrate.ts takes for done.
ALTER TABLE @db.spans @on_cluster REMOVE TTL;
ALTER TABLE @db.exemplars @on_cluster REMOVE TTL;
ALTER TABLE @db.logs @on_cluster REMOVE TTL;
ALTER TABLE @db.samples @on_cluster REMOVE TTL;
ALTER TABLE @db.series @on_cluster REMOVE TTL;
ALTER TABLE @db.red_1m @on_cluster REMOVE TTL;
ALTER TABLE @db.red_1h @on_cluster REMOVE TTL;
ALTER TABLE @db.versions_5m @on_cluster REMOVE TTL;
ALTER TABLE @db.circuit_transitions @on_cluster REMOVE TTL;
