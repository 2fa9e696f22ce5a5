import { expect, it } from 'vitest';
import type { Deploy } from '#server/deploys/schema.ts';
import { deployMarkers } from './deploy-markers.ts';

const deploy: Deploy = {
  id: '1',
  service: 'payments',
  version: '1.4.2',
  previousVersion: '1.4.1',
  atMs: 7,
  url: null,
  by: null,
  source: 'seen',
  verdict: { severity: 'critical', text: 'errors 0 % → 9 %' },
};

it('marks a deploy with how it turned out', () => {
  expect(deployMarkers([deploy, { ...deploy, atMs: 3, version: '1.4.1', verdict: null }])).toEqual([
    { tMs: 7, label: '1.4.2 deployed: errors 0 % → 9 %', tone: 'critical' },
    { tMs: 3, label: '1.4.1 deployed', tone: 'neutral' },
  ]);
});
