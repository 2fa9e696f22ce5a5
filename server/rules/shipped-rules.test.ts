// config/rules as it is shipped: every rule can be evaluated, and tells a person what to do.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { instantiateAlerts } from './instantiate-alerts.ts';
import { parseRuleFile } from './parse-rule-file.ts';

const DIR = 'config/rules';
const rules = readdirSync(DIR).flatMap((file) => parseRuleFile(readFileSync(path.join(DIR, file), 'utf8'), file));
const names = rules.map(({ name }) => name);

function fire(name: string, labels: Record<string, string>, value: number) {
  const rule = rules.find((known) => known.name === name)!;
  return instantiateAlerts(rule, rule.expr!, [{ labels, value }], 'http://console').map(
    ({ labels: { severity }, annotations }) => `${severity}: ${annotations.summary}`,
  );
}

it('has what the issue asks for', () => {
  expect(names).toEqual([
    'CircuitOpen',
    'ServiceErrorRatioHigh',
    'ServiceDown',
    'BadGateway',
    'ServiceSlow',
    'ProxyErrorsRepeated',
    'DatabaseUnreachable',
    'MemoryHigh',
    'DiskLow',
    'IntegrityViolationsNew',
  ]);
});

it.each(rules.map((rule) => [rule.name, rule] as const))('%s can be evaluated and has a runbook', (_, rule) => {
  expect(rule.error).toBeNull();
  expect(rule.annotations.description).toMatch(/\S/);
  expect(existsSync(`config/runbooks/${rule.runbook}.md`)).toBe(true);
});

it('fires for what is wrong, in words', () => {
  const breaker = { name: 'payments', service: 'gateway', instance: 'gateway-1' };
  expect(fire('CircuitOpen', breaker, 1)).toEqual(['critical: gateway no longer calls payments']);
  expect(fire('CircuitOpen', breaker, 0)).toEqual([]);
  expect(fire('ServiceErrorRatioHigh', { service: 'orders' }, 0.123)).toEqual([
    'warning: 12.3% of the requests to orders fail',
  ]);
  expect(fire('ServiceErrorRatioHigh', { service: 'orders' }, 0.05)).toEqual([]);
  const target = { job: 'orders', instance: '127.0.0.1:4004' };
  expect(fire('ServiceDown', target, 0)).toEqual(['critical: orders does not answer at 127.0.0.1:4004']);
  expect(fire('ServiceDown', target, 1)).toEqual([]);
  expect(fire('ServiceDown', { ...target, job: 'switchyard-console' }, 0)).toEqual([]);
  expect(fire('IntegrityViolationsNew', { check: 'stock-oversold', severity: 'critical' }, 2)).toEqual([
    'critical: New violating rows in stock-oversold: 2',
  ]);
});

it.each([
  ['BadGateway', { service: 'gateway' }, 0.25, 0.05, 'warning: gateway answers 25% with 502 or 503'],
  ['ServiceSlow', { service: 'orders' }, 1.5, 1, 'warning: One in twenty requests to orders takes 1.5s or more'],
  [
    'ProxyErrorsRepeated',
    { service: 'gateway' },
    21,
    20,
    'warning: gateway logged 21 proxy errors and open circuits in a minute',
  ],
  ['DatabaseUnreachable', { service: 'orders' }, 3, 0, 'critical: orders cannot reach its database'],
  ['MemoryHigh', { instance: 'a:3000' }, 0.9, 0.8, 'warning: 90% of the memory is in use at a:3000'],
  ['DiskLow', { instance: 'a:3000', path: '/data' }, 0.1, 0.2, 'warning: 10% of the disk is free at a:3000'],
])('%s', (name, labels, bad, good, said) => {
  expect(fire(name, labels as Record<string, string>, bad)).toEqual([said]);
  expect(fire(name, labels as Record<string, string>, good)).toEqual([]);
});

it('tells of an open breaker at once', () => {
  expect(rules.find(({ name }) => name === 'CircuitOpen')!.forMs).toBe(0);
});
