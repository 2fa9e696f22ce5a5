// Over a real store: what calls were like before and after what an operator did.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AuditLine } from '#server/audit/list-audit.ts';
import type { Ctx } from '#server/context.ts';
import { startTestEngine, type TestEngine } from '#server/engine/testing.ts';
import { createLog } from '#server/log.ts';
import { createStore, type Store } from '#server/store/client.ts';
import { applySchema } from '#server/store/migrate.ts';
import { insertSpans, type TestSpan } from '#server/store/queries/testing.ts';
import { decideEnd } from './decide-end.ts';
import { getEffect } from './get-effect.ts';

const MINUTE = 60_000;
const AT = 29_833_333 * MINUTE + 12_345;
const PAYMENTS = { reporter: 'gateway', name: 'payments' };

let engine: TestEngine;
let store: Store;

beforeAll(async () => {
  engine = await startTestEngine();
  store = createStore({ url: engine.url, database: 'effects', log: createLog('test', 'silent') });
  await applySchema(store);
  await insertSpans(store, [...minutes(-30, 0, { ms: 20 }), ...minutes(1, 31, { ms: 40, http: 503 })]);
}, 60_000);
afterAll(async () => {
  await store?.close();
  await engine?.stop();
});

/** Two requests in each of the minutes around the deed. */
function minutes(from: number, to: number, span: Partial<TestSpan>): TestSpan[] {
  const start = Math.floor(AT / MINUTE);
  return Array.from({ length: (to - from) * 2 }, (_, index) => ({
    service: 'payments',
    kind: 'server' as const,
    atMs: (start + from + Math.floor(index / 2)) * MINUTE + (index % 2) * 1_000,
    ...span,
  }));
}

const line = (id: string, verb: string, atMs: number, input: AuditLine['input'] = {}): AuditLine => ({
  id,
  atMs,
  actor: 'Anna',
  verb,
  input: { reason: 'why', ...input },
});

/** Only what is asked of it here: the deeds of the breaker, newest first. */
function context(deeds: AuditLine[], nowMs: number): Parameters<typeof getEffect>[0] {
  const rows = deeds.map(({ atMs, ...deed }) => ({ ...deed, at: new Date(atMs) }));
  const db = { auditEntry: { findMany: async () => rows } } as unknown as Ctx['db'];
  return { db, store, now: () => new Date(nowMs) };
}

it('compares the half hour after a deed with the half hour before, by the rule of all changes', async () => {
  const deed = line('1', 'circuits.tune', AT);
  const effect = await getEffect(context([deed], AT + 60 * MINUTE), { ...PAYMENTS, id: '1' });
  expect(effect).toMatchObject({
    atMs: AT,
    before: { requestsPerS: 2 / 60, errorRatio: 0 },
    after: { requestsPerS: 2 / 60, errorRatio: 1 },
    verdict: { severity: 'critical', text: expect.stringContaining('errors 0 % → 100 %') },
  });
  expect(effect.before.latencyMsP95).toBeCloseTo(20, 0);
  expect(effect.after.latencyMsP95).toBeCloseTo(40, 0);
  expect(effect.series.points.map(({ errorRatio }) => errorRatio)).toEqual([
    ...Array.from({ length: 30 }, () => 0),
    null,
    ...Array.from({ length: 30 }, () => 1),
  ]);
});

it('holds a deed to what came before the next one, and says when it is too early', async () => {
  const deeds = [line('2', 'circuits.release', AT + 10 * MINUTE), line('1', 'circuits.tune', AT)];
  const { after, verdict } = await getEffect(context(deeds, AT + 60 * MINUTE), { ...PAYMENTS, id: '1' });
  expect((after.toMs - after.fromMs) / MINUTE).toBe(9);
  expect(verdict.text).toContain('(9 min so far)');
  const now = context([line('1', 'circuits.tune', AT + 500)], AT + 1_000);
  const early = await getEffect(now, { ...PAYMENTS, id: '1' });
  expect(early).toMatchObject({
    after: { requestsPerS: null, errorRatio: null },
    verdict: { text: 'too early to tell' },
  });
  const unknown = getEffect(context(deeds, AT), { ...PAYMENTS, id: '9' });
  await expect(unknown).rejects.toThrow('do not have 9 among them');
});

it.each([
  ['nothing else was done', [], undefined],
  ['a force ends by itself', [line('1', 'circuits.force', 5, { until: new Date(900).toISOString() })], 900],
  [
    'it is released before',
    [line('2', 'circuits.release', 400), line('1', 'circuits.force', 5, { until: new Date(900).toISOString() })],
    400,
  ],
  [
    'a shadow or a probe changes nothing',
    [line('3', 'circuits.probe', 300), line('2', 'circuits.startShadow', 200)],
    undefined,
  ],
])('ends where %s', (_name, deeds, end) => {
  const deed = deeds.find(({ id }) => id === '1') ?? line('1', 'circuits.tune', 5);
  expect(decideEnd(deed, [...deeds, deed])).toBe(end);
});
