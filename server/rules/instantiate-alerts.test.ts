import { describe, expect, it } from 'vitest';
import { Labels } from '#server/promql/labels/labels.ts';
import { fingerprint } from './fingerprint.ts';
import { instantiateAlerts } from './instantiate-alerts.ts';

const samples = [
  { labels: Labels.from(Object.entries({ __name__: 'errors', service: 'orders', zone: '' })), value: 0.5 },
  { labels: Labels.from(Object.entries({ __name__: 'errors', service: 'payments' })), value: 0.07 },
];
const surroundings = {
  externalUrl: 'http://x',
  nowMs: 0,
  query: async () => [{ Labels: { owner: 'core' }, Value: 1 }],
};
const rule = (rest: { labels?: Record<string, string>; annotations?: Record<string, string>; limit?: number }) => ({
  name: 'Errors',
  labels: {},
  annotations: {},
  limit: 0,
  ...rest,
});

describe('instantiateAlerts', () => {
  it('renders labels and annotations of each sample, without the name of the metric', async () => {
    const alerts = await instantiateAlerts(
      rule({
        labels: { severity: 'critical', who: '{{ $labels.service }}-team', none: '{{ $labels.nothing }}' },
        annotations: {
          summary: '{{ $value | humanizePercentage }} of {{ $labels.service }}, {{ $externalURL }}',
          owner: '{{ (first (query "owners")).Labels.owner }}',
        },
      }),
      samples,
      surroundings,
    );
    const labels = { alertname: 'Errors', service: 'orders', severity: 'critical', who: 'orders-team' };
    expect(alerts).toHaveLength(2);
    expect(alerts[0]).toEqual({
      fingerprint: fingerprint(labels),
      labels,
      annotations: { summary: '50% of orders, http://x', owner: 'core' },
      value: 0.5,
    });
  });

  it('refuses series that the rule makes the same', () =>
    expect(instantiateAlerts(rule({ labels: { service: 'all' } }), samples, surroundings)).rejects.toThrow(
      /^vector contains metrics with the same labelset after applying alert labels/,
    ));

  it('refuses more alerts than the limit of the group', () =>
    expect(instantiateAlerts(rule({ limit: 1 }), samples, surroundings)).rejects.toThrow(
      'exceeded limit of 1 with 2 alerts',
    ));
});
