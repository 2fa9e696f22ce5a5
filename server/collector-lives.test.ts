import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestEngine } from './engine/testing.ts';
import { createLog } from './log.ts';
import { createStore } from './store/client.ts';
import { startCollectorLab, type CollectorLab } from './testing/collector-lab.ts';

let lab: CollectorLab;
beforeAll(async () => {
  lab = await startCollectorLab();
});
afterEach(() => lab.killCollectors());
afterAll(() => lab?.stop());

function encodeSpan(service: string, spanId: string): string {
  const nowNs = `${Date.now()}000000`;
  const span = {
    traceId: randomBytes(16).toString('hex'),
    spanId,
    name: 'work',
    kind: 1,
    startTimeUnixNano: nowNs,
    endTimeUnixNano: nowNs,
  };
  const attributes = [{ key: 'service.name', value: { stringValue: service } }];
  return JSON.stringify({ resourceSpans: [{ resource: { attributes }, scopeSpans: [{ spans: [span] }] }] });
}

/** Sends spans one by one until told to stop; answers the ids of those that were acknowledged. */
function sendSpans(url: () => string, service: string) {
  const acknowledged = new Set<string>();
  const stopped = new AbortController();
  const loop = async () => {
    while (!stopped.signal.aborted) {
      const spanId = randomBytes(8).toString('hex');
      try {
        const response = await fetch(`${url()}/v1/traces`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: encodeSpan(service, spanId),
        });
        await response.arrayBuffer();
        if (response.status === 200) acknowledged.add(spanId);
      } catch {
        // The collector was killed: this span was not acknowledged, and may be there or not.
        await sleep(20);
      }
      await sleep(1);
    }
  };
  const loops = Array.from({ length: 4 }, loop);
  return {
    acknowledged,
    stop: async () => {
      stopped.abort();
      await Promise.all(loops);
    },
  };
}

const Id = z.object({ id: z.string(), times: z.number() });
async function storedIds(service: string): Promise<Map<string, number>> {
  const sql =
    'SELECT lower(hex(span_id)) AS id, count() AS times FROM spans WHERE service_name = {service:String} GROUP BY id';
  const rows = await lab.store.query({ name: 'ids', sql, params: { service }, row: Id }).catch(() => []);
  return new Map(rows.map(({ id, times }) => [id, times]));
}

async function expectEachOnce(service: string, acknowledged: Set<string>) {
  const missing = async () => {
    const stored = await storedIds(service);
    return [...acknowledged].filter((id) => !stored.has(id));
  };
  await expect.poll(missing, { timeout: 60_000, interval: 200 }).toEqual([]);
  const stored = await storedIds(service);
  expect([...stored].filter(([, times]) => times !== 1)).toEqual([]);
  // As many as a busy machine manages between two kills.
  expect(acknowledged.size).toBeGreaterThan(20);
}

describe('a collector that is killed, starts early, stops or cannot start', () => {
  it(
    'keeps every acknowledged span exactly once while the engine is killed and comes back',
    { timeout: 180_000 },
    async () => {
      const { url } = await lab.startCollector();
      const sender = sendSpans(() => url, 'engine-dies');
      for (let kill = 0; kill < 3; kill++) {
        await sleep(300 + Math.random() * 700);
        await lab.engine.kill();
        const before = sender.acknowledged.size;
        await sleep(500);
        // Nobody notices that the store is away.
        expect(sender.acknowledged.size).toBeGreaterThan(before);
        await lab.engine.restart();
      }
      await sender.stop();
      await expectEachOnce('engine-dies', sender.acknowledged);
    },
  );

  it(
    'keeps every acknowledged span exactly once while it is itself killed and started again',
    { timeout: 180_000 },
    async () => {
      let collector = await lab.startCollector();
      const sender = sendSpans(() => collector.url, 'collector-dies');
      for (let kill = 0; kill < 5; kill++) {
        await sleep(200 + Math.random() * 800);
        const exited = once(collector.child, 'exit');
        collector.child.kill('SIGKILL');
        await exited;
        collector = await lab.startCollector();
      }
      await sender.stop();
      await expectEachOnce('collector-dies', sender.acknowledged);
    },
  );

  it('takes telemetry before there is an engine, and stores it when there is one', { timeout: 180_000 }, async () => {
    const late = await startTestEngine();
    await late.kill();
    const other = createStore({ url: late.url, database: 'switchyard', log: createLog('test', 'silent') });
    try {
      const { url } = await lab.startCollector({ CLICKHOUSE_URL: late.url, DATA_DIR: path.join(lab.dir, 'early') });
      const response = await fetch(`${url}/v1/traces`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: encodeSpan('early', 'b7ad6b7169203331'),
      });
      expect(response.status).toBe(200);
      await late.restart();
      const read = () =>
        other
          .query({ name: 'early', sql: 'SELECT service_name FROM spans', row: z.object({ service_name: z.string() }) })
          .catch(() => []);
      await expect.poll(read, { timeout: 60_000 }).toEqual([{ service_name: 'early' }]);
    } finally {
      await other.close();
      await late.stop();
    }
  });

  it('stops when it is told to, and has sent what it had', async () => {
    const { url, child } = await lab.startCollector();
    const body = encodeSpan('goodbye', 'b7ad6b7169203331');
    await fetch(`${url}/v1/traces`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
    expect(await lab.countSpans('goodbye')).toEqual({ spans: 1, ids: 1 });
  });

  it.each([
    ['OTLP_HTTP_PORT', 'OTLP over HTTP'],
    ['OTLP_GRPC_PORT', 'OTLP over gRPC'],
    ['COLLECTOR_ADMIN_PORT', 'its own metrics and health'],
  ])('names the port of %s when it is taken', async (variable, purpose) => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const { child, output } = lab.spawnCollector({ [variable]: String(port) });
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(output()).toContain(`Port ${port} is taken, and the collector needs it for ${purpose}`);
    expect(output()).toContain(`${variable}=<port>`);
    taken.close();
  });

  it('does not start without its targets', async () => {
    const { child, output } = lab.spawnCollector({ CONFIG_DIR: path.join(lab.dir, 'nowhere') });
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(output()).toContain('targets.yaml is missing');
  });
});
