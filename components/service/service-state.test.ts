import { describe, expect, it } from 'vitest';
import { serviceState } from './service-state.ts';

const calm = { name: 'payments', up: true, errorRatio: 0, requestsPerS: 2 };
const guarded = (state: 'open' | 'closed' | 'forced_open') => ({ name: 'payments', reporter: 'gateway', state });
const alert = (service: string, severity: 'critical' | 'warning' = 'warning', silenced = false) => ({
  state: 'firing' as const,
  severity,
  labels: { service },
  silencedBy: silenced ? [{ id: '1', author: 'a', comment: 'c', endsAtMs: 1 }] : [],
  inhibitedBy: [],
});

describe('serviceState', () => {
  it('is what its figures say when nothing else is wrong', () => {
    expect(serviceState(calm, [guarded('closed')], [alert('orders')])).toEqual({
      word: 'healthy',
      tone: 'ok',
      troubles: [],
    });
    expect(serviceState({ ...calm, up: false }, [], [])).toMatchObject({ word: 'down', tone: 'critical' });
  });

  it.each(['open', 'forced_open'] as const)('is not healthy behind a breaker that is %s', (state) => {
    expect(serviceState(calm, [guarded(state)], [])).toEqual({
      word: 'in trouble',
      tone: 'critical',
      troubles: [{ text: 'the breaker of gateway is open', href: '/circuits?breaker=gateway~payments' }],
    });
  });

  it('counts the alerts that fire for it and call for somebody', () => {
    const alerts = [alert('payments'), alert('payments'), alert('payments', 'critical', true), alert('orders')];
    expect(serviceState(calm, [], alerts)).toEqual({
      word: 'in trouble',
      tone: 'warn',
      troubles: [{ text: '2 alerts fire', href: '/alerts' }],
    });
    expect(serviceState({ ...calm, errorRatio: 0.02 }, [], [alert('payments', 'critical')])).toMatchObject({
      word: 'degraded',
      tone: 'critical',
    });
  });
});
