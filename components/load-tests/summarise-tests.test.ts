import { expect, it } from 'vitest';
import type { DrillLine } from '#server/drills/schema.ts';
import type { LoadTestLine } from '#server/load-tests/schema.ts';
import { summariseTests } from './summarise-tests.ts';

// Safe because only what is given is read.
const test = (more: Partial<LoadTestLine>) => ({ successRatio: 0.99, requestsPerS: 20, ...more }) as LoadTestLine;
const drill = (more: Partial<DrillLine>) => ({ scenario: 'a', title: 'Orders die', ...more }) as DrillLine;

it.each([
  [[], [], 'No load test has come to its end yet. Nobody has drilled a fault yet.'],
  [[test({ status: 'running' })], [], 'A load test is running.'],
  [
    [test({ status: 'stopped' }), test({ status: 'failed' })],
    [],
    'The last load test failed: 99 % served at 20/s. Nobody has drilled a fault yet.',
  ],
  [
    [test({ status: 'passed' })],
    [drill({ status: 'passed' }), drill({ status: 'failed' })],
    'The last load test passed: 99 % served at 20/s. The one drill passed.',
  ],
  [
    [test({ status: 'passed' })],
    [drill({ status: 'failed' }), drill({ scenario: 'b', status: 'passed' })],
    'The last load test passed: 99 % served at 20/s. A drill failed: orders die.',
  ],
])('%#', (tests, drills, text) => expect(summariseTests(tests, drills)).toBe(text));
