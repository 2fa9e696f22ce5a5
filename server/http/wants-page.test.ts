import { expect, test } from 'vitest';
import { wantsPage } from './wants-page.ts';

const CHROME = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8';
const PROMETHEUS = 'application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.5,*/*;q=0.1';

test.each([
  ['a browser', { accept: CHROME }, true],
  ['our own router', { accept: '*/*', rsc: '1' }, true],
  ['Prometheus', { accept: PROMETHEUS }, false],
  ['curl', { accept: '*/*' }, false],
  ['who says nothing', {}, false],
])('%s', (_who, headers, expected) => {
  expect(wantsPage({ headers })).toBe(expected);
});
