import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOCAL_OPERATOR } from '#server/access/local-operator.ts';
import type { Actor } from '#server/context.ts';
import { startTestEngine, type TestEngine } from '#server/engine/testing.ts';
import { createStore, type Store } from '#server/store/client.ts';
import { applySchema } from '#server/store/migrate.ts';
import { insertSpans, type TestSpan } from '#server/store/queries/testing.ts';
import { startTestControl, type TestControl } from '#server/testing/control.ts';
import { createSlo } from './create-slo.ts';
import { deleteSlo } from './delete-slo.ts';
import { getHealth } from './get-health.ts';
import { CreateSloInput } from './schema.ts';
import { updateSlo } from './update-slo.ts';

const NOW = Math.floor(Date.now() / 60_000) * 60_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let engine: TestEngine;
let store: Store;
let control: TestControl;

beforeAll(async () => {
  [engine, control] = await Promise.all([startTestEngine(), startTestControl()]);
  store = createStore({ url: engine.url, database: 'slos', log: control.log });
  await applySchema(store);
  await insertSpans(store, [
    ...many(90, { service: 'payments', atMs: NOW - 10 * MINUTE, ms: 20 }),
    ...many(10, { service: 'payments', atMs: NOW - 10 * MINUTE, ms: 900, http: 503 }),
    ...many(100, { service: 'payments', atMs: NOW - 3 * 24 * HOUR, ms: 20 }),
    ...many(5, { service: 'warehouse', atMs: NOW - HOUR }),
    // Calls to others are not what a service promised.
    ...many(50, { service: 'payments', atMs: NOW - 10 * MINUTE, kind: 'client', error: true }),
  ]);
});
afterAll(async () => {
  await store.close();
  await Promise.all([engine.stop(), control.stop()]);
});

const context = (actor: Actor = LOCAL_OPERATOR) => ({ db: control.db, store, actor, now: () => new Date(NOW) });
const latency = { service: 'payments', kind: 'latency', thresholdMs: 100, target: 0.9, windowDays: 7 } as const;

describe('objectives', () => {
  it('are there for the shipped services on a first start, and measured', async () => {
    const { objectives, unwatched } = await getHealth(context());
    expect(objectives.map(({ service }) => service)).toContain('shipping');
    expect(objectives.every(({ kind, target }) => kind === 'availability' && target === 0.995)).toBe(true);
    expect(unwatched).toEqual(['warehouse']);

    const payments = objectives.find(({ service }) => service === 'payments')!;
    expect(payments).toMatchObject({ requests: 200, bad: 10, achieved: 0.95, status: 'missed' });
    expect(payments.burnRate1h).toBeCloseTo(20, 9);
    expect(payments.budgetLeft).toBeCloseTo(-9, 9);
    expect(payments.days.filter(({ good }) => good !== null)).toHaveLength(2);
    expect(payments.measuredSinceMs).toBe(Math.floor((NOW - 3 * 24 * HOUR) / 86_400_000) * 86_400_000);

    expect(objectives.find(({ service }) => service === 'shipping')).toMatchObject({
      status: 'no_data',
      achieved: null,
      budgetLeft: null,
    });
  });

  it('of latency count what took longer than the threshold, from the sketches of the minutes', async () => {
    const { id } = await createSlo(context(), latency);
    const { objectives } = await getHealth(context());
    const slo = objectives.find((one) => one.id === id)!;
    // Ten of 200 took 900 ms; a sketch may round against the service, never for it.
    expect(slo.bad).toBeGreaterThanOrEqual(10);
    expect(slo.bad).toBeLessThanOrEqual(14);
    expect(slo).toMatchObject({ requests: 200, status: 'met' });
    await deleteSlo(context(), { id });
  });

  it('are created, changed and deleted, each with its audit entry', async () => {
    const slo = await createSlo(context(), latency);
    await expect(createSlo(context(), latency)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await updateSlo(context(), { ...latency, id: slo.id, target: 0.99 })).toMatchObject({ target: 0.99 });
    await deleteSlo(context(), { id: slo.id });
    await expect(deleteSlo(context(), { id: slo.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(updateSlo(context(), { ...latency, id: slo.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const entries = await control.db.auditEntry.findMany({ orderBy: { seq: 'desc' }, take: 3 });
    expect(entries.map(({ verb }) => verb)).toEqual(['slo.delete', 'slo.update', 'slo.create']);
    expect(entries[1]).toMatchObject({ subject: 'payments', actorId: 'local', input: { target: 0.99 } });
  });

  it('refuse a read-only actor', async () => {
    const reader = context({ id: 'r', name: 'Reader', role: 'reader' });
    const id = '00000000-0000-4000-8000-000000000000';
    await expect(createSlo(reader, latency)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(updateSlo(reader, { ...latency, id })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(deleteSlo(reader, { id })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('refuse what cannot be promised', () => {
    expect(CreateSloInput.safeParse({ ...latency, thresholdMs: 0 }).success).toBe(false);
    expect(CreateSloInput.safeParse({ ...latency, kind: 'availability' }).success).toBe(false);
    expect(CreateSloInput.safeParse({ ...latency, target: 1 }).success).toBe(false);
    expect(CreateSloInput.safeParse({ ...latency, windowDays: 14 }).success).toBe(false);
  });
});

function many(count: number, span: TestSpan): TestSpan[] {
  return Array.from({ length: count }, () => span);
}
