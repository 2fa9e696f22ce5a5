import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { LOCAL_OPERATOR } from '#server/access/local-operator.ts';
import type { Ctx } from '#server/context.ts';
import { parseMatchers } from '#server/notify/matchers/parse-matchers.ts';
import { acknowledgeAlert } from '#server/rules/acknowledge-alert.ts';
import { listAlerts } from '#server/rules/list-alerts.ts';
import { startTestControl, type TestControl } from '#server/testing/control.ts';
import { createSilence } from './create-silence.ts';
import { expireSilence } from './expire-silence.ts';
import { listSilences } from './list-silences.ts';
import { previewSilence } from './preview-silence.ts';

const MINUTE = 60_000;
const START_MS = Date.UTC(2026, 4, 1);
let control: TestControl;
let ctx: Pick<Ctx, 'db' | 'config' | 'actor' | 'now'>;
let clockMs = START_MS;

beforeAll(async () => {
  control = await startTestControl();
  const config = { routing: () => null } as unknown as Ctx['config'];
  ctx = { db: control.db, config, actor: LOCAL_OPERATOR, now: () => new Date(clockMs) };
});
afterAll(() => control.stop());
beforeEach(async () => {
  clockMs = START_MS;
  await control.sql('TRUNCATE control.silence, control.alert, control.audit_entry CASCADE');
});

const input = (matchers: string, rest: { id?: string; fromMin?: number; toMin?: number } = {}) => ({
  ...(rest.id && { id: rest.id }),
  matchers: parseMatchers(matchers),
  startsAtMs: START_MS + (rest.fromMin ?? 0) * MINUTE,
  endsAtMs: START_MS + (rest.toMin ?? 60) * MINUTE,
  author: 'Ada',
  comment: 'maintenance',
});
async function fire(service: string) {
  const at = new Date(clockMs);
  const row = {
    ruleKey: 'r',
    rule: 'Down',
    fingerprint: service,
    state: 'firing' as const,
    severity: 'critical',
    annotations: {},
  };
  return control.db.alert.create({
    data: { ...row, labels: { service }, openKey: service, activeSince: at, firedAt: at },
  });
}

it('shows who silenced an alert and until when, and what the silence keeps back', async () => {
  await fire('orders');
  await fire('auth');
  expect(await previewSilence(ctx, input('service=~"or.*"'))).toMatchObject({
    count: 1,
    of: 2,
    alerts: [{ rule: 'Down' }],
  });
  const { id } = await createSilence(ctx, input('service=~"or.*"'));
  const alerts = await listAlerts(ctx, {});
  expect(Object.fromEntries(alerts.map(({ labels, silencedBy }) => [labels.service, silencedBy]))).toEqual({
    orders: [{ id, author: 'Ada', comment: 'maintenance', endsAtMs: START_MS + 60 * MINUTE }],
    auth: [],
  });
  expect(await listSilences(ctx)).toMatchObject([{ id, state: 'active', silences: 1 }]);
  expect(await control.db.auditEntry.findMany()).toMatchObject([
    { verb: 'silences.create', subject: id, actorId: 'local', input: { matchers: 'service=~"or.*"', author: 'Ada' } },
  ]);
});

it('lists active, pending and expired in this order', async () => {
  await createSilence(ctx, input('a=1', { toMin: 5 }));
  await createSilence(ctx, input('a=2', { fromMin: 30 }));
  await createSilence(ctx, input('a=3'));
  clockMs += 10 * MINUTE;
  expect((await listSilences(ctx)).map(({ state, matchers }) => `${state} ${matchers[0]!.value}`)).toEqual([
    'active 3',
    'pending 2',
    'expired 1',
  ]);
});

it('expires at once, and only once; one that had not begun never will', async () => {
  const active = await createSilence(ctx, input('a=1'));
  const pending = await createSilence(ctx, input('a=2', { fromMin: 30 }));
  clockMs += MINUTE;
  expect(await expireSilence(ctx, active)).toMatchObject({ state: 'expired', endsAtMs: clockMs });
  expect(await expireSilence(ctx, pending)).toMatchObject({ state: 'expired', startsAtMs: clockMs, endsAtMs: clockMs });
  await expect(expireSilence(ctx, active)).rejects.toMatchObject({ code: 'CONFLICT' });
});

it('is changed in place as long as that rewrites nothing that happened', async () => {
  const { id } = await createSilence(ctx, input('a=1'));
  clockMs += MINUTE;
  expect(await createSilence(ctx, input('a=1', { id, toMin: 90 }))).toMatchObject({
    id,
    startsAtMs: START_MS,
    endsAtMs: START_MS + 90 * MINUTE,
  });
  const other = await createSilence(ctx, input('a=2', { id }));
  expect(other.id).not.toBe(id);
  expect((await listSilences(ctx)).map((silence) => [silence.id, silence.state])).toEqual([
    [other.id, 'active'],
    [id, 'expired'],
  ]);
});

it.each([
  [input('a=1', { toMin: -1 }), /ends before/],
  [input('a=1', { fromMin: -10, toMin: -5 }), /over already/],
  [input(''), /needs a matcher/],
  [input('a!=1'), /match every alert/],
  [{ ...input('a=1'), comment: ' ' }, /Say why/],
  [{ ...input('a=1'), matchers: [{ name: 'a', value: '(', isRegex: true }] }, /not a regular expression/],
])('refuses %j', async (faulty, fault) => expect(createSilence(ctx, faulty)).rejects.toThrow(fault));

it('refuses a reader', async () => {
  const reader = { ...ctx, actor: { ...LOCAL_OPERATOR, role: 'reader' as const } };
  await expect(createSilence(reader, input('a=1'))).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(acknowledgeAlert(reader, { id: 'x', by: 'Ada', note: '' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

it('an alert is acknowledged while it fires, with who and why', async () => {
  const { id } = await fire('orders');
  expect(await acknowledgeAlert(ctx, { id, by: 'Ada', note: 'looking' })).toMatchObject({
    acknowledged: { by: 'Ada', note: 'looking', atMs: clockMs },
    state: 'firing',
  });
  expect(await control.db.auditEntry.findMany()).toMatchObject([{ verb: 'alerts.acknowledge', subject: id }]);
  await control.db.alert.update({ where: { id }, data: { state: 'resolved', openKey: null } });
  await expect(acknowledgeAlert(ctx, { id, by: 'Bob', note: '' })).rejects.toMatchObject({ code: 'CONFLICT' });
});
