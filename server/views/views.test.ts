import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LOCAL_OPERATOR } from '#server/access/local-operator.ts';
import type { Actor } from '#server/context.ts';
import { startTestControl, type TestControl } from '#server/testing/control.ts';
import { deleteView } from './delete-view.ts';
import { listViews } from './list-views.ts';
import { renameView } from './rename-view.ts';
import { saveView } from './save-view.ts';
import { isConsolePath, SaveViewInput, VIEWS_MAX } from './schema.ts';

const NOW = new Date('2026-11-21T09:00:00Z');
const GONE = '00000000-0000-4000-8000-000000000000';
let control: TestControl;

beforeAll(async () => {
  control = await startTestControl();
});
afterAll(() => control.stop());
beforeEach(() => control.sql('TRUNCATE control.saved_view'));

const context = (actor: Actor = LOCAL_OPERATOR) => ({ db: control.db, actor, now: () => NOW });
const slow = { name: 'Slow payments', path: '/traces?service=payments&from=now-1h&min=500' };

describe('isConsolePath', () => {
  it.each([
    ['/services/payments?from=now-15m', true],
    ['/runbooks/circuit-open', true],
    ['/logs?q=caf%C3%A9', true],
    ['https://attacker.example/', false],
    ['//attacker.example/traces', false],
    ['/\\attacker.example', false],
    ['/\t/attacker.example', false],
    ['javascript:alert(1)', false],
    ['traces', false],
    ['', false],
    ['/traces/../api/v1/query', false],
    ['/api/trpc/alerts.list', false],
    ['/shared/health/abc', false],
    ['/livez', false],
    ['/traces#top', false],
    [`/traces?q=${'a'.repeat(4_000)}`, false],
  ])('%j: %s', (path, expected) => expect(isConsolePath(path)).toBe(expected));
});

describe('a view', () => {
  it('is saved, listed by name, renamed and deleted, each with its audit entry', async () => {
    const { id } = await saveView(context(), slow);
    await saveView(context(), { name: 'alarms', path: '/alerts' });
    expect(await listViews(context())).toMatchObject([{ name: 'alarms' }, { ...slow, id }]);

    await renameView(context(), { id, name: 'Payments, slow' });
    expect((await listViews(context()))[1]).toEqual({ id, name: 'Payments, slow', path: slow.path });

    await deleteView(context(), { id });
    expect(await listViews(context())).toMatchObject([{ name: 'alarms' }]);
    const entries = await control.db.auditEntry.findMany({ where: { subject: id }, orderBy: { seq: 'asc' } });
    expect(entries.map(({ verb, input }) => [verb, input])).toEqual([
      ['view.save', slow],
      ['view.rename', { name: 'Payments, slow' }],
      ['view.delete', { name: 'Payments, slow', path: slow.path }],
    ]);
  });

  it('keeps its name for itself', async () => {
    await saveView(context(), slow);
    const other = await saveView(context(), { name: 'Other', path: '/' });
    await expect(saveView(context(), { ...slow, path: '/logs' })).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(renameView(context(), { id: other.id, name: slow.name })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('that is gone says so', async () => {
    await expect(renameView(context(), { id: GONE, name: 'a' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(deleteView(context(), { id: GONE })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is one of a bounded number', async () => {
    await control.db.savedView.createMany({
      data: Array.from({ length: VIEWS_MAX }, (_, n) => ({
        name: `view ${n}`,
        path: '/',
        createdAt: NOW,
        createdBy: '',
      })),
    });
    await expect(saveView(context(), slow)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('is nothing that a read-only actor changes', async () => {
    const reader = context({ id: 'r', name: 'Reader', role: 'reader' });
    await expect(saveView(reader, slow)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(renameView(reader, { id: GONE, name: 'a' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(deleteView(reader, { id: GONE })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('has a name', () => {
    expect(SaveViewInput.safeParse({ ...slow, name: '  ' }).success).toBe(false);
    expect(SaveViewInput.safeParse({ ...slow, name: 'a'.repeat(81) }).success).toBe(false);
    expect(SaveViewInput.parse({ ...slow, name: ' a ' }).name).toBe('a');
  });
});
