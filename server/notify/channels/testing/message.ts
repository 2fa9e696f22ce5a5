import type { NotificationContent, NotifiedAlert } from '../../notification-content.ts';
import type { Message } from '../channel.ts';

export const notifiedAlert = (rest: Partial<NotifiedAlert> = {}): NotifiedAlert => ({
  alertId: 'a',
  fingerprint: '0123456789abcdef',
  status: 'firing',
  rule: 'CircuitOpen',
  severity: 'critical',
  labels: {
    alertname: 'CircuitOpen',
    name: 'payments',
    service: 'gateway',
    instance: 'gateway-1',
    severity: 'critical',
  },
  annotations: { summary: 'The breaker is open', description: 'Calls are refused.', runbook: 'circuit-open' },
  value: 1,
  expr: 'max by (name) (circuit_breaker_state{state="open"}) == 1',
  activeSinceMs: Date.UTC(2026, 4, 1, 12),
  firedMs: Date.UTC(2026, 4, 1, 12),
  resolvedMs: null,
  generatorUrl: null,
  ...rest,
});

/** A message about these alerts; it fires as long as one of them does. */
export function message(alerts: Partial<NotifiedAlert>[], rest: Partial<NotificationContent> = {}): Message {
  const all = alerts.map(notifiedAlert);
  return {
    event: all.some(({ status }) => status === 'firing') ? 'firing' : 'resolved',
    receiver: 'oncall',
    content: { groupKey: '{}:{}', groupLabels: {}, alerts: all, truncatedAlerts: 0, reason: 'it began', ...rest },
    publicUrl: 'http://127.0.0.1:3000',
  };
}
