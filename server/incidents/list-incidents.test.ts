import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestEngine, type TestEngine } from '#server/engine/testing.ts';
import { createStore, type Store } from '#server/store/client.ts';
import { applySchema } from '#server/store/migrate.ts';
import { insertSpans } from '#server/store/queries/testing.ts';
import { startTestControl, type TestControl } from '#server/testing/control.ts';
import { listIncidents } from './list-incidents.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Math.floor(Date.now() / HOUR) * HOUR + HOUR / 2;
let engine: TestEngine;
let store: Store;
let control: TestControl;

beforeAll(async () => {
  [engine, control] = await Promise.all([startTestEngine(), startTestControl()]);
  store = createStore({ url: engine.url, database: 'incidents', log: control.log });
  await applySchema(store);
});
afterAll(async () => {
  await store.close();
  await Promise.all([engine.stop(), control.stop()]);
});

const list = () => listIncidents({ db: control.db, store, now: () => new Date(NOW) });
const at = (ms: number) => new Date(NOW + ms);

function raise(rule: string, labels: Record<string, string>, firedMs: number | null, resolvedMs: number | null) {
  return control.db.alert.create({
    data: {
      ruleKey: `f/g/${rule}`,
      rule,
      fingerprint: rule,
      openKey: resolvedMs === null ? rule : null,
      state: firedMs === null ? 'pending' : resolvedMs === null ? 'firing' : 'resolved',
      severity: labels['severity'] ?? 'critical',
      labels,
      annotations: { summary: `${rule} says so` },
      activeSince: at((firedMs ?? 0) - 1_000),
      firedAt: firedMs === null ? null : at(firedMs),
      resolvedAt: resolvedMs === null ? null : at(resolvedMs),
    },
  });
}

it('tells of nothing where nothing was stored', async () => {
  expect(await list()).toEqual({ atMs: NOW, sinceMs: NOW - 30 * DAY, incidents: [] });
});

it('tells of critical alerts that fired and of hours that missed a promise, and of nothing else', async () => {
  const circuit = await raise('CircuitOpen', { service: 'gateway', name: 'payments' }, -5 * HOUR, -4 * HOUR);
  await control.db.alert.update({ where: { id: circuit.id }, data: { acknowledgedAt: at(-4.5 * HOUR) } });
  await raise('Slow', { service: 'catalog', severity: 'warning' }, -8 * HOUR, -7 * HOUR);
  await raise('Down', { service: 'auth' }, null, null);
  await raise('LongAgo', { service: 'auth' }, -40 * DAY, -39 * DAY);
  const spans = (count: number, http: number) =>
    Array.from({ length: count }, () => ({ service: 'shipping', atMs: NOW - DAY, ms: 5, http }));
  await insertSpans(store, [...spans(90, 200), ...spans(10, 503)]);

  const hourMs = Math.floor((NOW - DAY) / HOUR) * HOUR;
  expect((await list()).incidents).toEqual([
    {
      id: circuit.id,
      startMs: NOW - 5 * HOUR,
      endMs: NOW - 4 * HOUR,
      acknowledgedMs: NOW - 4.5 * HOUR,
      services: ['payments'],
      alerts: [
        {
          id: circuit.id,
          rule: 'CircuitOpen',
          summary: 'CircuitOpen says so',
          href: '/circuits?breaker=gateway~payments',
        },
      ],
      objectives: [],
    },
    {
      id: `shipping-${hourMs}`,
      startMs: hourMs,
      endMs: hourMs + HOUR,
      acknowledgedMs: null,
      services: ['shipping'],
      alerts: [],
      objectives: [{ service: 'shipping', kind: 'availability', thresholdMs: 0, target: 0.995 }],
    },
  ]);
});
