-- A search for a rare text over days must not read every body: granules whose bodies lack one of its four-letter pieces are skipped.
--   … WHERE lower(body) LIKE '%refused%'
-- 16 KiB a granule of 8192 lines: two bytes a line before compression. Bodies that were stored before the index are read as ever.
ALTER TABLE @db.logs @on_cluster ADD INDEX IF NOT EXISTS by_text lower(body) TYPE ngrambf_v1(4, 16384, 3, 0) GRANULARITY 1;
