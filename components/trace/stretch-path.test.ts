import { expect, it } from 'vitest';
import { stretchPath } from './stretch-path.ts';

it('draws each stretch where it was', () => {
  const stretches = [
    { fromUs: 0, toUs: 100 },
    { fromUs: 500, toUs: 1_000 },
  ];
  expect(stretchPath(stretches, 1_000)).toBe('M0.0 0H100.0V1H0.0ZM500.0 0H1000.0V1H500.0Z');
});

it('leaves the shortest to be seen', () => {
  expect(stretchPath([{ fromUs: 200_000, toUs: 200_001 }], 1_000_000)).toBe('M200.0 0H201.5V1H200.0Z');
});

it('draws ten thousand of a long trace as no more bars than can be told apart', () => {
  const stretches = Array.from({ length: 10_000 }, (_, index) => ({ fromUs: index * 100, toUs: index * 100 + 40 }));
  expect(stretchPath(stretches, 1_000_000)).toBe('M0.0 0H1001.4V1H0.0Z');
});

it('draws nothing of a trace that took no time', () => {
  expect(stretchPath([{ fromUs: 0, toUs: 0 }], 0)).toBe('');
});
