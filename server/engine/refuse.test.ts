import { describe, expect, test } from 'vitest';
import { refuseCaller, refuseStatement } from './refuse.ts';

describe('refuseCaller', () => {
  test.each(['127.0.0.1:8123', 'localhost:8123', 'LOCALHOST', '[::1]:8123', '127.8.9.1'])('answers as %s', (host) => {
    expect(refuseCaller({ host })).toBeUndefined();
  });

  test.each(['evil.example:8123', 'localhost.evil.example', '127.0.0.1.evil.example', '192.168.0.7:8123', '', '[::2]'])(
    'does not answer as %j',
    (host) => expect(refuseCaller({ host })).toContain('loopback'),
  );

  test.each([{ origin: 'http://127.0.0.1:3000' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }])(
    'does not answer a web page: %j',
    (headers) => expect(refuseCaller({ host: '127.0.0.1', ...headers })).toContain('web pages'),
  );
});

describe('refuseStatement', () => {
  test.each([
    "SELECT * FROM file('/etc/passwd', 'LineAsString')",
    "SELECT file ('/etc/passwd')",
    "INSERT INTO FUNCTION url('http://x', CSV, 'a Int') SELECT 1",
    "SELECT * FROM remoteSecure('x', 'a', 'b')",
    "SELECT '\\'' , file('/etc/passwd')",
    "SELECT 1 INTO OUTFILE '/tmp/x'",
    "SELECT 1 into\noutfile '/tmp/x'",
  ])('%s', (sql) => expect(() => refuseStatement(sql)).toThrow('ACCESS_DENIED'));

  test.each([
    "SELECT 'file(' AS a",
    'SELECT profile(1)',
    'SELECT `url` FROM t',
    "SELECT path(url) FROM t WHERE x = 'into outfile'",
  ])('but not %s', (sql) => expect(() => refuseStatement(sql)).not.toThrow());
});
