import { describe, expect, test } from 'vitest';
import type { CheckRun, CheckStatus } from '#server/integrity/schema.ts';
import { byUrgency, checkState } from './check-state.ts';
import { summariseChecks } from './summarise-checks.ts';
import { violationColumns } from './violation-columns.ts';

function check(status: CheckStatus, violations = 0, newViolations = 0) {
  return { status, lastRun: { violations, newViolations } as CheckRun };
}

describe('summariseChecks', () => {
  test.each([
    ['no checks', [], 'No check is set up.'],
    ['all well', [check('passed'), check('passed')], 'All 2 checks passed.'],
    ['one alone', [check('passed')], 'The check passed.'],
    [
      'new rows',
      [check('passed'), check('violated', 1200, 3), check('violated', 1)],
      '2 of 3 checks found 1\u202f201 rows that should not be, 3 of them new.',
    ],
    ['known rows only', [check('violated', 1)], '1 of 1 check found 1 row that should not be, none of them new.'],
    ['a check that cannot run', [check('passed'), check('failed')], 'No violation was found. 1 check could not run.'],
    ['nothing known', [check('never_run'), check('never_run')], '2 checks have not run yet.'],
  ])('%s', (_, checks, expected) => {
    expect(summariseChecks(checks)).toBe(expected);
  });
});

test('rows of a warning are a warning, rows of a critical check are critical', () => {
  expect(checkState('violated', 'critical').tone).toBe('critical');
  expect(checkState('violated', 'warning').tone).toBe('warn');
  expect(checkState('passed', 'critical').tone).toBe('ok');
});

test('what wants attention comes first', () => {
  const a = { status: 'passed', severity: 'critical', title: 'a' } as const;
  const b = { status: 'violated', severity: 'warning', title: 'b' } as const;
  const c = { status: 'violated', severity: 'critical', title: 'c' } as const;
  const d = { status: 'failed', severity: 'info', title: 'd' } as const;
  expect([a, b, c, d].toSorted(byUrgency).map(({ title }) => title)).toEqual(['c', 'b', 'd', 'a']);
});

test('columns are those of all rows, in the order of the query', () => {
  const rows: { row: Record<string, string | null> }[] = [
    { row: { id: '1', trace_id: null } },
    { row: { id: '2', amount: '5', trace_id: 'x' } },
  ];
  expect(violationColumns(rows)).toEqual(['id', 'trace_id', 'amount']);
});
