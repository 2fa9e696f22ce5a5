import { expect, it } from 'vitest';
import type { Change } from '#server/changes/schema.ts';
import { foldChanges } from './fold-changes.ts';

const change = (tMs: number, title: string, href = '/circuits'): Change => ({
  id: `${title} ${tMs}`,
  tMs,
  kind: 'circuit',
  severity: 'critical',
  title,
  detail: `at ${tMs}`,
  href,
});

it('tells once what happened again and again, as it was the last time, with how often and since when', () => {
  expect(foldChanges([change(40, 'opened'), change(30, 'tries'), change(20, 'opened'), change(10, 'opened')])).toEqual([
    { ...change(40, 'opened'), times: 3, firstMs: 10 },
    { ...change(30, 'tries'), times: 1, firstMs: 30 },
  ]);
});

it('keeps apart what happened to different things', () => {
  const changes = [change(20, 'fired', '/services/orders'), change(10, 'fired', '/services/payments')];
  expect(foldChanges(changes).map(({ times }) => times)).toEqual([1, 1]);
});
