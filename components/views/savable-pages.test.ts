import { expect, it } from 'vitest';
import { isConsolePath } from '#server/views/schema.ts';
import { DESTINATIONS } from '#components/shell/destinations.ts';

it.each(DESTINATIONS.map(({ href }) => href))('the page %s can be saved', (href) =>
  expect(isConsolePath(`${href}?from=now-1h`)).toBe(true),
);
