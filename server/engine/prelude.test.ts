import { describe, expect, test } from 'vitest';
import { parseRequest } from './parse-request.ts';
import { FRESH, planPrelude } from './prelude.ts';

const ask = (url: string) => parseRequest(new URLSearchParams(url), {});

describe('planPrelude', () => {
  test('sets what is asked on a fresh connection', () => {
    const { sql } = planPrelude(
      FRESH,
      ask('database=d&max_threads=1&max_execution_time=5&param_x=1'),
      'SELECT {x:UInt8}',
    );
    expect(sql).toBe("USE `d`; SET max_threads = '1', max_execution_time = '5', param_x = '1'");
  });

  test('takes back what the last request had set, and says nothing about what stays', () => {
    const first = planPrelude(FRESH, ask('database=d&max_threads=1&max_execution_time=5'), '').next;
    expect(planPrelude(first, ask('max_execution_time=5'), '').sql).toBe('USE `default`; SET max_threads = DEFAULT');
    expect(planPrelude(first, ask('database=d&max_threads=1&max_execution_time=5'), '').sql).toBe('');
  });

  test("a parameter of an earlier request is never another's", () => {
    const used = planPrelude(FRESH, ask('param_id=7'), '').next;
    const later = planPrelude(used, ask(''), 'SELECT 1').next;
    expect(() => planPrelude(later, ask(''), 'SELECT { id : UInt8 }')).toThrow('Substitution `id` is not set');
    expect(planPrelude(later, ask('param_id=8'), 'SELECT {id:UInt8}').sql).toBe("SET param_id = '8'");
  });

  test.each([
    ['a setting', 'max_threads%20%3D%201%2C%20x=1'],
    ['a parameter', 'param_a%3D1%2Cb=1'],
  ])('%s cannot carry SQL in its name', (_what, url) => {
    expect(() => planPrelude(FRESH, ask(url), '')).toThrow('Unknown setting');
  });

  test('values and the database are quoted', () => {
    const { sql } = planPrelude(
      FRESH,
      ask(`database=${encodeURIComponent('a`b\\')}&log_comment=${encodeURIComponent("it's \\ ")}`),
      '',
    );
    expect(sql).toContain('USE `a\\`b\\\\`; SET ');
    expect(sql).toContain("log_comment = 'it\\'s \\\\ '");
  });
});
