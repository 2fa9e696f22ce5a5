CREATE TABLE sample.things (id int PRIMARY KEY);
INSERT INTO sample.things VALUES (7);
