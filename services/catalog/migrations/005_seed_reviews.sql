INSERT INTO catalog.reviews (id, product_id, author, rating, body, created_at)
SELECT gen_random_uuid(), product_id, author, rating, body, now() - days * interval '1 day'
FROM (VALUES
  ('burr-grinder', 'Mira', 5, 'Even from coarse to fine, and quiet enough for the morning.', 41),
  ('burr-grinder', 'Tomas', 4, 'Good. The hopper keeps the smell of the last beans.', 17),
  ('hand-grinder', 'Yuki', 5, 'Two minutes of work for a very clean cup.', 60),
  ('french-press', 'Oskar', 4, 'Keeps warm for half an hour. The sieve could be finer.', 33),
  ('moka-pot', 'Lucia', 5, 'As at my grandmother''s.', 88),
  ('moka-pot', 'Piet', 2, 'Too small for six, unless the six are dolls.', 12),
  ('espresso-machine', 'Nadia', 5, 'Warm in ten minutes and steady to the degree.', 70),
  ('espresso-machine', 'Rolf', 3, 'Makes what it promises, and takes half of the kitchen for it.', 25),
  ('tamper', 'Selma', 5, 'Fits. Clicks. No more guessing.', 51),
  ('gooseneck-kettle', 'Ivo', 4, 'A precise pour. The display is too bright at six in the morning.', 29),
  ('brew-scale', 'Anouk', 5, 'Quick and exact, and the timer starts by itself.', 45),
  ('ethiopia-guji', 'Bela', 5, 'Bergamot, really.', 9),
  ('house-espresso', 'Greta', 4, 'Honest with milk, a little dark without.', 21),
  ('paper-filters', 'Hugo', 3, 'They are filters.', 5)
) AS seed (product_id, author, rating, body, days);
