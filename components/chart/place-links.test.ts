import { expect, it } from 'vitest';
import { placeLinks } from './place-links.ts';
import { PLOT, plotScale } from './plot.ts';

const scale = plotScale(500, { fromMs: 0, toMs: 100 });
const place = (tMs: number, value: number | null) => {
  const link = { key: 'k', tMs, value, href: '/', label: '' };
  return placeLinks([link], { yMin: 0, yMax: 10 }, scale).map(({ x, y, isAbove }) => ({ x, y, isAbove }));
};
const BOTTOM = PLOT.height - PLOT.bottom;

it.each([
  ['in the middle of both axes', 50, 5, { x: (PLOT.left + 490) / 2, y: (PLOT.top + BOTTOM) / 2, isAbove: false }],
  ['at the top', 0, 10, { x: PLOT.left, y: PLOT.top, isAbove: false }],
  ['above the top, where it is held', 0, 1_000, { x: PLOT.left, y: PLOT.top, isAbove: true }],
  ['on the time axis without a value', 100, null, { x: 490, y: BOTTOM, isAbove: false }],
  ['on the time axis when it is below', 100, -3, { x: 490, y: BOTTOM, isAbove: false }],
])('places a link %s', (_, tMs, value, expected) => expect(place(tMs, value)).toEqual([expected]));

it('leaves out what is of another time', () => {
  expect([...place(-1, 5), ...place(101, 5)]).toEqual([]);
});
