import { describe, expect, test } from 'vitest';
import { parseRequest } from './parse-request.ts';

const parse = (url: string, headers = {}) => parseRequest(new URLSearchParams(url), headers);

describe('parseRequest', () => {
  test('tells parameters, settings and what is meant for the HTTP interface apart', () => {
    const asked = parse(
      'query=SELECT+1&query_id=q&database=d&default_format=JSON&param_a=x%5Ct&max_threads=2&wait_end_of_query=1&user=u&session_id=s',
    );
    expect(asked).toMatchObject({
      query: 'SELECT 1',
      queryId: 'q',
      database: 'd',
      format: 'JSON',
      params: { a: 'x\\t' },
      waitEnd: true,
    });
    expect(asked.settings).toEqual({ max_threads: '2', max_execution_time: '30' });
  });

  test('defaults', () => {
    const asked = parse('');
    expect(asked).toMatchObject({ query: undefined, database: undefined, format: 'TabSeparated', waitEnd: false });
    expect(asked.queryId).toMatch(/^[0-9a-f-]{36}$/);
  });

  test.each([
    ['', '30'],
    ['max_execution_time=5', '5'],
    ['max_execution_time=0.5', '0.5'],
    ['max_execution_time=0', '600'],
    ['max_execution_time=100000', '600'],
    ['max_execution_time=soon', '600'],
  ])('no query runs without a bound: %j gives %s s', (url, seconds) => {
    expect(parse(url).settings['max_execution_time']).toBe(seconds);
  });

  test.each([
    ['enable_http_compression=1', 'gzip, deflate', true],
    ['enable_http_compression=1', 'br', false],
    ['', 'gzip', false],
  ])('%j with Accept-Encoding %j compresses: %s', (url, encoding, expected) => {
    expect(parse(url, { 'accept-encoding': encoding }).compressAnswer).toBe(expected);
  });
});
