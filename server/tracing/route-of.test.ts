import { expect, it } from 'vitest';
import { routeOf } from './route-of.ts';

const html = { accept: 'text/html' };

it.each([
  ['/', html, '/'],
  ['/services/orders?range=1h', html, '/services/{path}'],
  ['/shared/secret', html, '/shared/{path}'],
  ['/_next/static/chunks/a.js', { accept: '*/*' }, null],
  ['/metrics', {}, null],
  ['/readyz', {}, null],
  ['/api/trpc/services.list,topology.get?batch=1', {}, '/api/trpc'],
  ['/api/trpc/live.events?input=1', {}, null],
  ['/api/registry/instances', {}, null],
  ['/api/v1/query_range', {}, '/api/v1/query_range'],
  ['/api/v1/label/job/values', {}, '/api/v1/label/{name}/values'],
  ['/api/v1/traces/abc', {}, '/api/v1/traces/{traceId}'],
  ['/federate?match[]=up', {}, '/federate'],
])('%s %j: %s', (url, headers, expected) => expect(routeOf({ url, headers })).toBe(expected));
