import { describe, expect, it } from 'vitest';
import type { Circuit, CircuitState } from '#server/circuits/schema.ts';
import type { Alert } from '#server/rules/schema.ts';
import { edge, node, topologyOf } from '#components/diagram/testing.ts';
import { summarise } from './summarise.ts';

const AT_0312 = Date.UTC(2026, 2, 4, 3, 12);

function circuit(reporter: string, name: string, state: CircuitState, failureRatio: number | null = null): Circuit {
  return { reporter, name, state, sinceMs: AT_0312, instances: [], callsPerS: 1, failureRatio, rejectedPerS: 0 };
}

function alert(rule: string, href: string, severity: Alert['severity'] = 'warning', summary = ''): Alert {
  return {
    id: rule,
    fingerprint: rule,
    rule,
    state: 'firing',
    severity,
    labels: {},
    annotations: { summary },
    value: 1,
    activeSinceMs: 0,
    firedMs: 0,
    resolvedMs: null,
    runbook: null,
    href,
    notifications: [],
    silencedBy: [],
    inhibitedBy: [],
    acknowledged: null,
    generatorUrl: null,
  };
}

const calm = topologyOf(
  [edge('gateway:gateway>service:orders'), edge('gateway:gateway>service:payments')],
  [node('gateway:gateway', { requestsPerS: 12.3, errorRatio: 0.001 })],
);
const facts = { topology: calm, circuits: [], alerts: [], zone: 'UTC' };

describe('summarise', () => {
  it('says that all is well, and how much flows', () => {
    expect(summarise({ ...facts, circuits: [circuit('gateway', 'payments', 'closed')] })).toEqual({
      tone: 'ok',
      headline: 'All 3 services are healthy.',
      details: [],
      traffic: '12.3 requests/s, 0.1 % errors.',
    });
  });

  it('says nothing of a fleet that it does not know yet', () => {
    expect(summarise({ ...facts, topology: undefined, circuits: [circuit('gateway', 'payments', 'open')] })).toEqual({
      tone: 'critical',
      headline: 'The breaker from gateway to payments is open since 03:12.',
      details: [],
      traffic: '',
    });
  });

  it('names an open breaker, since when, in the zone of the reader, and what it costs', () => {
    const open = { ...facts, circuits: [circuit('gateway', 'payments', 'open', 0.41)] };
    expect(summarise(open)).toMatchObject({
      tone: 'critical',
      headline: 'The breaker from gateway to payments is open since 03:12. 41 % of its calls fail.',
    });
    expect(summarise({ ...open, zone: 'Asia/Tokyo' }).headline).toContain('since 12:12');
  });

  it('gathers several open breakers into one sentence', () => {
    const circuits = [circuit('gateway', 'payments', 'open'), circuit('orders', 'payments', 'forced_open')];
    expect(summarise({ ...facts, circuits }).headline).toBe(
      '2 breakers are open since 03:12: gateway to payments and orders to payments.',
    );
  });

  it('puts the worst first: breakers, what is down, what fails, other alerts, then what only wants watching', () => {
    const topology = topologyOf(
      [],
      [
        node('service:a', { up: false }),
        node('service:b', { up: false }),
        node('service:c', { errorRatio: 0.41 }),
        node('service:d', { errorRatio: 0.02 }),
      ],
    );
    const circuits = [circuit('gateway', 'x', 'half_open'), circuit('gateway', 'a', 'open')];
    const alerts = [
      alert('NewViolation', '/integrity/x', 'critical', 'Orders without payment.'),
      alert('CircuitOpen', '/circuits?x', 'critical'),
    ];
    const summary = summarise({ topology, circuits, alerts, zone: 'UTC' });
    expect([summary.headline, ...summary.details]).toEqual([
      'The breaker from gateway to a is open since 03:12.',
      'a and b are down.',
      'c fails 41 % of its calls.',
      'Critical alert: Orders without payment.',
      '2 more below.',
    ]);
    expect(summary.tone).toBe('critical');
  });

  it('warns without alarm when nothing is broken yet', () => {
    const summary = summarise({
      ...facts,
      circuits: [circuit('gateway', 'orders', 'forced_closed')],
      alerts: [alert('Slow', '/integrity'), alert('Late', '/integrity')],
    });
    expect(summary).toMatchObject({
      tone: 'warn',
      headline: 'The breaker from gateway to orders is forced closed since 03:12.',
      details: ['2 alerts are firing.'],
    });
  });

  it('does not call silence health', () => {
    expect(summarise({ ...facts, topology: topologyOf([]) }).headline).toBe('Nothing has reported yet.');
    const idle = topologyOf([], [node('service:a', { requestsPerS: 0, errorRatio: null })]);
    expect(summarise({ ...facts, topology: idle }).traffic).toBe('No requests in the last 5 minutes.');
  });

  it('leaves silenced alerts to their list, and those that another one makes known', () => {
    const silenced = { ...alert('Slow', '/x'), silencedBy: [{ id: '1', author: 'a', comment: 'c', endsAtMs: 1 }] };
    const inhibited = { ...alert('Late', '/x', 'critical'), inhibitedBy: [{ id: '1', rule: 'Slow' }] };
    expect(summarise({ ...facts, alerts: [silenced, inhibited] }).tone).toBe('ok');
  });

  it('leaves pending alerts to their list', () => {
    const pending = { ...alert('Slow', '/integrity'), state: 'pending' as const };
    expect(summarise({ ...facts, alerts: [pending] }).tone).toBe('ok');
  });
});
