-- A table of a small fleet weighs less than the 5 MB that the choice of merges takes every part for, so each new part soon was
-- merged with everything: 470 rows a second came in, 645,000 were rewritten. Twenty parts at once, and 95 % of that is gone;
-- questions read up to twenty small parts more.
ALTER TABLE @db.spans @on_cluster MODIFY SETTING min_parts_to_merge_at_once = 20;
ALTER TABLE @db.logs @on_cluster MODIFY SETTING min_parts_to_merge_at_once = 20;
ALTER TABLE @db.series @on_cluster MODIFY SETTING min_parts_to_merge_at_once = 20;
ALTER TABLE @db.samples @on_cluster MODIFY SETTING min_parts_to_merge_at_once = 20;
ALTER TABLE @db.red_1m @on_cluster MODIFY SETTING min_parts_to_merge_at_once = 20;
ALTER TABLE @db.red_1h @on_cluster MODIFY SETTING min_parts_to_merge_at_once = 20;
ALTER TABLE @db.sample_arrivals @on_cluster MODIFY SETTING min_parts_to_merge_at_once = 20;
ALTER TABLE @db.exemplars @on_cluster MODIFY SETTING min_parts_to_merge_at_once = 20;
ALTER TABLE @db.versions_5m @on_cluster MODIFY SETTING min_parts_to_merge_at_once = 20;
