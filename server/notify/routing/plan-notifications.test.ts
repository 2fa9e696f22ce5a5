import { describe, expect, it } from 'vitest';
import { parseMatchers } from '../matchers/parse-matchers.ts';
import { parseRouting } from './parse-routing.ts';
import { planNotifications, type FiringAlert, type PlanInput, type ToldGroup } from './plan-notifications.ts';

const S = 1_000;
const routingOf = (yaml: string) => parseRouting(yaml, ['slack', 'pager'])!;
/** Waits 10 s, then at most every minute, and again after five. */
const PATIENT = routingOf(
  'route: {receiver: slack, group_by: [alertname], group_wait: 10s, group_interval: 1m, repeat_interval: 5m}',
);
const AT_ONCE = routingOf(
  'route: {receiver: slack, group_by: ["..."], group_wait: 0s, group_interval: 0s, repeat_interval: 5m}',
);

const alert = (id: string, firedS = 0, rest: Partial<FiringAlert> = {}): FiringAlert => ({
  id,
  fingerprint: `f-${id}`,
  labels: { alertname: 'A', name: id },
  firedMs: firedS * S,
  isAcknowledged: false,
  ...rest,
});
const told = (ids: string[], notifiedS = 0, rest: Partial<ToldGroup> = {}): ToldGroup => ({
  key: '{}:{alertname="A"}',
  channel: 'slack',
  routeKey: '{}',
  labels: { alertname: 'A' },
  told: Object.fromEntries(ids.map((id) => [`f-${id}`, id])),
  notifiedMs: notifiedS * S,
  ...rest,
});
const silence = (matchers: string, startS = 0, endS = 1_000) => ({
  id: 's',
  matchers: parseMatchers(matchers),
  startsAtMs: startS * S,
  endsAtMs: endS * S,
});
const plan = (nowS: number, input: Partial<PlanInput>) =>
  planNotifications({
    alerts: [],
    ended: new Map(),
    groups: [],
    silences: [],
    routing: PATIENT,
    channels: new Set(['slack', 'pager']),
    nowMs: nowS * S,
    ...input,
  });
/** `slack +b a -c`: b is new, a goes on, c ended. */
const brief = ({ tellings }: ReturnType<typeof plan>) =>
  tellings.map(({ channel, firing, fresh, resolved }) =>
    [channel, ...firing.map((id) => (fresh.includes(id) ? `+${id}` : id)), ...resolved.map((id) => `-${id}`)].join(' '),
  );
const ended = (...ids: string[]) => new Map(ids.map((id) => [id, { alertname: 'A', name: id }]));

describe('when a group is told', () => {
  it.each<[string, number, Partial<PlanInput>, string[], number | null]>([
    ['it waits for others', 9, { alerts: [alert('a')] }, [], 10],
    ['and is told when the wait is over', 10, { alerts: [alert('a'), alert('b', 9)] }, ['slack +a +b'], 310],
    ['nothing new is not told', 100, { alerts: [alert('a')], groups: [told(['a'], 10)] }, [], 310],
    [
      'a new one waits for the interval',
      30,
      { alerts: [alert('a'), alert('b', 25)], groups: [told(['a'], 10)] },
      [],
      70,
    ],
    [
      'and is told with the others',
      70,
      { alerts: [alert('a'), alert('b', 25)], groups: [told(['a'], 10)] },
      ['slack a +b'],
      370,
    ],
    ['so does an end', 30, { alerts: [alert('a')], ended: ended('b'), groups: [told(['a', 'b'], 10)] }, [], 70],
    [
      'an end is told',
      70,
      { alerts: [alert('a')], ended: ended('b'), groups: [told(['a', 'b'], 10)] },
      ['slack a -b'],
      370,
    ],
    ['the last end too', 70, { ended: ended('a'), groups: [told(['a'], 10)] }, ['slack -a'], null],
    ['what goes on is repeated', 310, { alerts: [alert('a')], groups: [told(['a'], 10)] }, ['slack a'], 610],
    [
      'not if somebody is on it',
      310,
      { alerts: [alert('a', 0, { isAcknowledged: true })], groups: [told(['a'], 10)] },
      [],
      null,
    ],
    ['but its end is told', 310, { ended: ended('a'), groups: [told(['a'], 10)] }, ['slack -a'], null],
    ['one that came and went within the wait is not', 5, { alerts: [] }, [], null],
    [
      'another episode of a told alert goes on',
      40,
      { alerts: [{ ...alert('a2', 35), fingerprint: 'f-a' }], ended: ended('a'), groups: [told(['a'], 10)] },
      [],
      310,
    ],
  ])('%s', (_, nowS, input, expected, dueS) => {
    const decided = plan(nowS, input);
    expect(brief(decided)).toEqual(expected);
    expect(decided.dueMs).toBe(dueS === null ? null : dueS * S);
  });

  it('at once where nothing is to be waited for, each alone', () => {
    const decided = plan(0, { routing: AT_ONCE, alerts: [alert('a'), alert('b')] });
    expect(brief(decided)).toEqual(['slack +a', 'slack +b']);
    expect(decided.groups.save).toHaveLength(2);
    expect(brief(plan(0, { routing: AT_ONCE, ended: ended('a'), groups: decided.groups.save.slice(0, 1) }))).toEqual([
      'slack -a',
    ]);
  });

  it('told twice with what the first plan saved, it is told once', () => {
    const alerts = [alert('a'), alert('b')];
    const first = plan(10, { alerts });
    expect(plan(10, { alerts, groups: first.groups.save }).tellings).toEqual([]);
    const last = plan(80, { ended: ended('a', 'b'), groups: first.groups.save });
    expect(last.groups).toEqual({ save: [], remove: [{ key: '{}:{alertname="A"}', channel: 'slack' }] });
  });
});

describe('silences', () => {
  it.each<[string, number, Partial<PlanInput>, string[], number | null]>([
    ['a silenced alert is not told', 10, { alerts: [alert('a')], silences: [silence('name=a')] }, [], 1_000],
    ['the others are', 10, { alerts: [alert('a'), alert('b')], silences: [silence('name=a')] }, ['slack +b'], 310],
    [
      'when the silence is over it is',
      1_000,
      { alerts: [alert('a')], silences: [silence('name=a')] },
      ['slack +a'],
      1_300,
    ],
    [
      'one that begins later is looked at then',
      10,
      { alerts: [alert('a')], silences: [silence('name=a', 50)] },
      ['slack +a'],
      50,
    ],
    [
      'what was told before is not told again after',
      1_000,
      { alerts: [alert('a')], groups: [told(['a'], 990)], silences: [silence('name=a')] },
      [],
      1_290,
    ],
    [
      'it is not repeated',
      400,
      { alerts: [alert('a')], groups: [told(['a'], 10)], silences: [silence('name=a')] },
      [],
      1_000,
    ],
    [
      'and its end is told to nobody',
      400,
      { ended: ended('a'), groups: [told(['a'], 10)], silences: [silence('name=a')] },
      [],
      1_000,
    ],
  ])('%s', (_, nowS, input, expected, dueS) => {
    const decided = plan(nowS, input);
    expect(brief(decided)).toEqual(expected);
    expect(decided.dueMs).toBe(dueS === null ? null : dueS * S);
  });

  it('an end that nobody was told is forgotten', () => {
    const { groups } = plan(400, { ended: ended('a'), groups: [told(['a'], 10)], silences: [silence('name=a')] });
    expect(groups).toEqual({ save: [], remove: [{ key: '{}:{alertname="A"}', channel: 'slack' }] });
  });
});

const of = (id: string, severity: string, service: string) => alert(id, 0, { labels: { severity, service } });

describe('inhibition and routes', () => {
  const INHIBIT = routingOf(`
route: {receiver: slack, group_by: ['...'], group_wait: 0s, group_interval: 0s, routes: [{receiver: pager, matchers: [severity=critical], continue: true}, {receiver: slack}]}
inhibit_rules: [{source_matchers: [severity=critical], target_matchers: [severity=warning], equal: [service]}]`);
  it('the cause is told to both, its consequence to nobody until the cause is gone', () => {
    const [cause, consequence] = [of('c', 'critical', 'x'), of('w', 'warning', 'x')];
    const first = plan(1, { routing: INHIBIT, alerts: [cause, consequence, of('v', 'warning', 'y')] });
    expect(brief(first).toSorted()).toEqual(['pager +c', 'slack +c', 'slack +v']);
    const later = plan(2, {
      routing: INHIBIT,
      alerts: [consequence],
      ended: new Map([['c', cause.labels]]),
      groups: first.groups.save,
    });
    expect(brief(later).toSorted()).toEqual(['pager -c', 'slack +w', 'slack -c']);
  });

  it('a channel that cannot send is told nothing and remembers nothing', () => {
    const decided = plan(10, { alerts: [alert('a')], channels: new Set(), groups: [told(['a'])] });
    expect(decided.tellings).toEqual([]);
    expect(decided.groups.remove).toHaveLength(1);
  });

  it('when its route is gone, an end is still told at once', () => {
    const orphan = told(['a'], 9, { key: 'old:{}', routeKey: 'old' });
    expect(brief(plan(10, { ended: ended('a'), groups: [orphan] }))).toEqual(['slack -a']);
  });
});
