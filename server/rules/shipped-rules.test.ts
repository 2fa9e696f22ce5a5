// config/rules as it is shipped: every rule can be evaluated, and tells a person what to do. What they fire for is tested by config/rules/tests.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { rulesWokenBy } from './event-metrics.ts';
import { parseRuleFile } from './parse-rule-file.ts';
import { alertRulesOf, rulesOf } from './rule.ts';

const DIR = 'config/rules';
const groups = readdirSync(DIR)
  .filter((file) => file.endsWith('.yaml'))
  .flatMap((file) => parseRuleFile(readFileSync(path.join(DIR, file), 'utf8'), file));
const alerts = alertRulesOf(groups);
const tests = readdirSync(path.join(DIR, 'tests')).map((file) => readFileSync(path.join(DIR, 'tests', file), 'utf8'));

it('has what the issue asks for', () => {
  expect(alerts.map(({ name }) => name)).toEqual([
    'CircuitOpen',
    'ServiceErrorRatioHigh',
    'ServiceDown',
    'BadGateway',
    'ServiceSlow',
    'ProxyErrorsRepeated',
    'DatabaseUnreachable',
    'InstanceEjected',
    'MemoryHigh',
    'DiskLow',
    'IntegrityViolationsNew',
    'DeadLettersGrowing',
  ]);
});

it('every expression can be read', () => {
  expect(rulesOf(groups).flatMap(({ error }) => error ?? [])).toEqual([]);
});

it.each(alerts.map((rule) => [rule.name, rule] as const))('%s has a runbook, and a test', (name, rule) => {
  expect(rule.annotations.description).toMatch(/\S/);
  expect(existsSync(`config/runbooks/${rule.runbook}.md`)).toBe(true);
  expect(tests.some((text) => text.includes(`alertname: ${name}`))).toBe(true);
});

const woken = (event: 'circuit' | 'integrity') =>
  groups.flatMap(({ rules }) => rulesWokenBy(event, rules).map(({ name }) => name));

it('tells of an open breaker and of new violations when they happen', () => {
  expect(woken('circuit')).toEqual(['CircuitOpen']);
  expect(woken('integrity')).toEqual(['IntegrityViolationsNew']);
  expect(alerts.find(({ name }) => name === 'CircuitOpen')!.forMs).toBe(0);
});
