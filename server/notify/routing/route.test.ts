import { describe, expect, it } from 'vitest';
import { findRoutes, groupOf } from './route.ts';
import { parseRouting } from './parse-routing.ts';

const CHANNELS = ['slack', 'pagerduty', 'mail', 'hook'];
const TREE = `
route:
  receiver: slack
  group_by: [alertname]
  group_wait: 10s
  routes:
    - receiver: pagerduty
      matchers: ['severity="critical"']
      continue: true
      group_by: ['...']
      routes:
        - receiver: hook
          matchers: ['team=core']
    - matchers: ['service=~"orders|payments"']
      group_interval: 1m
      routes:
        - receiver: mail
          matchers: ['severity=info']
`;
const { root } = parseRouting(TREE, CHANNELS)!;
const receivers = (labels: Record<string, string>) => findRoutes(root, labels).map(({ receiver }) => receiver);

describe('findRoutes', () => {
  it.each([
    [{}, ['slack']],
    [{ severity: 'critical' }, ['pagerduty']],
    [{ severity: 'critical', team: 'core' }, ['hook']],
    [{ severity: 'critical', service: 'orders' }, ['pagerduty', 'slack']],
    [{ severity: 'info', service: 'orders' }, ['mail']],
    [{ severity: 'warning', service: 'orders' }, ['slack']],
    [{ severity: 'warning', service: 'ordersx' }, ['slack']],
  ])('%j goes to %j', (labels, expected) => expect(receivers(labels as Record<string, string>)).toEqual(expected));

  it('what a route leaves out it has from its parent', () => {
    const [pagerduty, orders] = root.routes as [(typeof root.routes)[0], (typeof root.routes)[0]];
    expect(pagerduty).toMatchObject({
      groupBy: 'all',
      groupWaitMs: 10_000,
      groupIntervalMs: 300_000,
      repeatIntervalMs: 14_400_000,
    });
    expect(orders).toMatchObject({ receiver: 'slack', groupBy: ['alertname'], groupIntervalMs: 60_000 });
    expect(orders.routes[0]).toMatchObject({ receiver: 'mail', groupIntervalMs: 60_000 });
    expect(pagerduty.routes[0]).toMatchObject({ receiver: 'hook', continues: false });
  });
});

describe('groupOf', () => {
  it.each([
    [{ alertname: 'A', service: 'x' }, '{alertname="A"}'],
    [{ alertname: 'A', service: 'y' }, '{alertname="A"}'],
    [{ service: 'y' }, '{}'],
  ])('%j', (labels, expected) => expect(groupOf(root, labels as Record<string, string>).key).toBe(`{}:${expected}`));

  it('by all labels every alert is its own group, and routes do not share groups', () => {
    const [pagerduty] = root.routes as [(typeof root.routes)[0]];
    const labels = { severity: 'critical', alertname: 'A' };
    expect(groupOf(pagerduty, labels)).toEqual({
      key: '{}/0{severity="critical"}:{alertname="A", severity="critical"}',
      labels: { alertname: 'A', severity: 'critical' },
    });
  });
});

describe('parseRouting', () => {
  it('without a route every channel is told everything', () => {
    const routing = parseRouting('channels: []', CHANNELS)!;
    expect(findRoutes(routing.root, { a: 'b' }).map(({ receiver }) => receiver)).toEqual(CHANNELS);
    expect(parseRouting('channels: []', [])).toBeNull();
  });

  it.each([
    ['route: {receiver: fax}', /line 1: there is no channel fax/],
    ['route: {receiver: slack, matchers: [a=b]}', /the first route takes every alert/],
    ['route: {}', /the first route needs a receiver/],
    ['route: {receiver: slack, routes: [{matchers: ["a~b"]}]}', /is not a matcher/],
    ['route: {receiver: slack, group_wait: soon}', /is not a duration/],
    ['route: {receiver: slack, mute: x}', /mute/],
    ['route: {receiver: slack, repeat_interval: 5s}', /repeat_interval is at least 1m/],
    ['inhibit_rules: [{source_matchers: [a=b]}]', /target_matchers/],
  ])('%s is refused', (text, fault) => expect(() => parseRouting(text, CHANNELS)).toThrow(fault));
});
