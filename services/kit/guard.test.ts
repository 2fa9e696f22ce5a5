import { describe, expect, test } from 'vitest';
import { refuseForeignHost, refuseForeignPage } from './guard.ts';

describe('refuseForeignHost', () => {
  test.each(['localhost', 'localhost:4105', '127.0.0.1:4105', '127.8.0.1', '[::1]:4105', 'LOCALHOST:1'])(
    'lets in %s',
    (host) => {
      expect(refuseForeignHost({ host })).toBeNull();
    },
  );
  test.each([
    undefined,
    '',
    'attacker.example',
    'attacker.example:4105',
    'localhost.attacker.example',
    '127.0.0.1.nip.io',
    '10.0.0.1',
    'localhost:4105@x',
  ])('refuses %s', (host) => {
    expect(refuseForeignHost({ host })).toMatch(/loopback/);
  });
});

describe('refuseForeignPage', () => {
  const host = '127.0.0.1:4105';
  test.each([
    ['GET', { host }, false],
    ['PUT', { host, 'content-type': 'application/json' }, true],
    ['PUT', { host, 'content-type': 'application/json; charset=utf-8' }, true],
    ['PUT', { host, origin: `http://${host}`, 'content-type': 'application/json' }, true],
    ['DELETE', { host }, false],
    ['GET', { host, 'sec-fetch-site': 'none' }, false],
  ])('lets in %s %j', (method, headers, hasBody) => {
    expect(refuseForeignPage(method, headers, hasBody)).toBeNull();
  });
  test.each([
    ['GET', { host, origin: 'https://attacker.example' }, false],
    ['GET', { host, origin: 'null' }, false],
    ['GET', { host, origin: 'http://127.0.0.1:3000' }, false],
    ['GET', { host, 'sec-fetch-site': 'cross-site' }, false],
    ['POST', { host, 'content-type': 'text/plain' }, true],
    ['POST', { host, 'content-type': 'application/x-www-form-urlencoded' }, true],
    ['PUT', { host, 'content-type': 'application/json-seq' }, true],
    ['PUT', { host }, true],
  ])('refuses %s %j', (method, headers, hasBody) => {
    expect(refuseForeignPage(method, headers, hasBody)).not.toBeNull();
  });
});
