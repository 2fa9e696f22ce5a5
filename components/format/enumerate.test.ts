import { expect, it } from 'vitest';
import { enumerate } from './enumerate.ts';

it.each([
  [[], Infinity, ''],
  [['a'], Infinity, 'a'],
  [['a', 'b'], 2, 'a and b'],
  [['a', 'b', 'c'], Infinity, 'a, b and c'],
  [['a', 'b', 'c', 'd'], 2, 'a, b and 2 more'],
  [['a', 'b'], 1, 'a and 1 more'],
])('%j, %d at most: %j', (names, max, expected) => expect(enumerate(names, max)).toBe(expected));
