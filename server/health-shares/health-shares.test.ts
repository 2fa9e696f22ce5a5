import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOCAL_OPERATOR } from '#server/access/local-operator.ts';
import type { Actor } from '#server/context.ts';
import { startTestEngine, type TestEngine } from '#server/engine/testing.ts';
import { createStore, type Store } from '#server/store/client.ts';
import { applySchema } from '#server/store/migrate.ts';
import { startTestControl, type TestControl } from '#server/testing/control.ts';
import { createShare } from './create-share.ts';
import { listShares } from './list-shares.ts';
import { openShare } from './open-share.ts';
import { revokeShare } from './revoke-share.ts';
import { CreateHealthShareInput } from './schema.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 10, 21, 9);
let atMs = START;
let engine: TestEngine;
let store: Store;
let control: TestControl;

beforeAll(async () => {
  [engine, control] = await Promise.all([startTestEngine(), startTestControl()]);
  store = createStore({ url: engine.url, database: 'shares', log: control.log });
  await applySchema(store);
});
afterAll(async () => {
  await store.close();
  await Promise.all([engine.stop(), control.stop()]);
});

const context = (actor: Actor = LOCAL_OPERATOR) => ({
  db: control.db,
  store,
  actor,
  now: () => new Date(atMs),
  // Nothing else of it is asked for.
  config: { shareUrl: 'https://status.example' } as Parameters<typeof createShare>[0]['config'],
});
const tokenOf = (url: string) => url.slice('https://status.example/shared/health/'.length);

describe('a link to the health page', () => {
  it('opens the report until it expires, and then says when that was', async () => {
    atMs = START;
    const { url, expiresMs } = await createShare(context(), { note: 'board', hours: 1 });
    const token = tokenOf(url);
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(expiresMs).toBe(START + HOUR);

    atMs = START + HOUR - 1;
    const opened = await openShare(context(), { token });
    expect(opened).toMatchObject({ state: 'open', expiresMs, report: { atMs } });
    // Health, and nothing else that a reader could lean on.
    expect(Object.keys(opened).toSorted()).toEqual(['expiresMs', 'incidents', 'report', 'state']);

    atMs = START + HOUR;
    expect(await openShare(context(), { token })).toEqual({ state: 'expired', atMs: START + HOUR });
  });

  it('is stored as a digest, and neither listed nor audited as itself', async () => {
    atMs = START;
    const { url, id } = await createShare(context(), { note: 'secret', hours: 24 });
    const token = tokenOf(url);
    const stored = JSON.stringify([
      await control.sql('SELECT * FROM control.health_share'),
      await control.sql('SELECT * FROM control.audit_entry'),
      await listShares(context()),
    ]);
    expect(stored).toContain(id);
    expect(stored).not.toContain(token);
    const row = await control.db.healthShare.findUniqueOrThrow({ where: { id } });
    expect(await openShare(context(), { token: row.tokenHash })).toEqual({ state: 'unknown' });
    expect(JSON.stringify(await listShares(context()))).not.toContain(row.tokenHash);
  });

  it('can be revoked once, with its audit entry, and opens nothing from then on', async () => {
    atMs = START;
    const { url, id } = await createShare(context(), { note: '', hours: 720 });
    atMs = START + HOUR;
    await revokeShare(context(), { id });
    expect(await openShare(context(), { token: tokenOf(url) })).toEqual({ state: 'revoked', atMs });
    expect((await listShares(context())).find((share) => share.id === id)).toMatchObject({ state: 'revoked' });
    await expect(revokeShare(context(), { id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const entries = await control.db.auditEntry.findMany({ where: { subject: id }, orderBy: { seq: 'asc' } });
    expect(entries.map(({ verb }) => verb)).toEqual(['health-share.create', 'health-share.revoke']);
  });

  it('that nobody made opens nothing', async () => {
    expect(await openShare(context(), { token: 'a'.repeat(43) })).toEqual({ state: 'unknown' });
  });

  it('is nothing that a read-only actor makes or closes', async () => {
    const reader = context({ id: 'r', name: 'Reader', role: 'reader' });
    await expect(createShare(reader, { note: '', hours: 1 })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const id = '00000000-0000-4000-8000-000000000000';
    await expect(revokeShare(reader, { id })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('always ends', () => {
    expect(CreateHealthShareInput.safeParse({ hours: 9_999 }).success).toBe(false);
    expect(CreateHealthShareInput.safeParse({}).success).toBe(false);
  });
});
