import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { startTestGateway } from '../testing/start-test-gateway.ts';
import { startUpstream } from '../testing/start-upstream.ts';
import type { HeldConfiguration } from './hold-configuration.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

async function start(variables: Record<string, string> = {}) {
  const upstream = await startUpstream();
  stops.push(upstream.stop);
  const gateway = await startTestGateway(upstream.origin, { SERVICE_INSTANCE_ID: 'gateway-1', ...variables });
  stops.push(gateway.stop);
  const want = async (version: number, payments: object) => {
    const answer = await fetch(`${gateway.adminUrl}/configuration`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ version, issuedMs: version * 10, breakers: { payments } }),
    });
    return { status: answer.status, held: (await answer.json()) as HeldConfiguration };
  };
  const shadow = async () => {
    const held = (await (await fetch(`${gateway.adminUrl}/configuration`)).json()) as HeldConfiguration;
    return held.circuits.find(({ service }) => service === 'payments')?.shadow;
  };
  const pay = async (status: number) => {
    upstream.answer = (_request, response) => response.writeHead(status).end();
    return (await fetch(`${gateway.url}/api/payments`, { method: 'POST' })).status;
  };
  const metrics = async () => (await fetch(`${gateway.url}/metrics`)).text();
  return { gateway, want, shadow, pay, metrics };
}

const wanted = (settings: object = { failureThreshold: 2 }, sinceMs = 1_000_000) => ({
  shadow: { ...settings, reason: 'is 2 enough?', by: 'Anna', sinceMs },
});

it('decides beside the breaker, tells what it would have done, and changes no answer', async () => {
  const { gateway, want, shadow, pay, metrics } = await start();
  expect(await shadow()).toBeNull();
  expect((await want(1, wanted())).status).toBe(200);
  expect([await pay(500), await pay(500), await pay(500), await pay(200)]).toEqual([500, 500, 500, 200]);
  const told = {
    sinceMs: 1_000_000,
    state: 'open',
    opened: 1,
    refused: { good: 1, failing: 1, unknown: 0 },
    passed: { good: 0, failing: 2, unknown: 0 },
  };
  // A good call ends with its body, which the caller may have before the gateway knows.
  await vi.waitFor(async () => expect(await shadow()).toEqual(told), 20_000);
  expect(gateway.transitions).toEqual([]);
  expect(gateway.shadowTransitions.map(({ state, reason }) => [state, reason])).toEqual([
    ['closed', 'the shadow begins, closed'],
    ['open', '2 failures in a row, the last: HTTP 500'],
  ]);
  const text = await metrics();
  expect(text).toContain('circuit_breaker_shadow_state{name="payments",instance="gateway-1",state="open"');
  expect(text).toMatch(/circuit_breaker_shadow_calls_total\{name="payments",decision="refused",end="good".*\} 1\n/);
  expect(text).toMatch(/circuit_breaker_state\{name="payments",instance="gateway-1",state="closed".*\} 1\n/);

  await want(2, {});
  expect(await shadow()).toBeNull();
  expect(await metrics()).not.toContain('circuit_breaker_shadow_state{');
});

it('has what it does not name from the settings in force, and goes on when those change', async () => {
  const { gateway, want, shadow, pay } = await start();
  const live = { failureThreshold: 9, windowMs: 5_000 };
  await want(1, { ...live, ...wanted({ windowMs: 0 }) });
  await pay(500);
  const settings = () => gateway.gateway.shadows.get('payments')?.settings;
  expect(settings()).toMatchObject({ failureThreshold: 9, windowMs: 0, halfOpenSuccessCount: 2 });
  await want(2, { ...live, failureThreshold: 7, ...wanted({ windowMs: 0 }) });
  expect(settings()).toMatchObject({ failureThreshold: 7, windowMs: 0 });
  expect(await shadow()).toMatchObject({ passed: { failing: 1 } });
  await want(3, { ...live, ...wanted({ windowMs: 0 }, 1_000_001) });
  expect(await shadow()).toMatchObject({ sinceMs: 1_000_001, passed: { failing: 0 } });
});

it('survives a restart, with what it has counted', async () => {
  const DATA_DIR = mkdtempSync(path.join(tmpdir(), 'switchyard-shadow-'));
  stops.push(() => rmSync(DATA_DIR, { recursive: true }));
  const first = await start({ DATA_DIR });
  await first.want(1, wanted());
  await first.pay(500);
  await first.pay(500);
  await first.pay(500);
  await first.gateway.stop();

  const second = await start({ DATA_DIR });
  // No breaker that starts knows what the calls before made of it; what was counted is known.
  expect(await second.shadow()).toMatchObject({ state: 'closed', opened: 1, refused: { failing: 1 } });
  expect(second.gateway.shadowTransitions.map(({ reason }) => reason)).toEqual([
    'the shadow goes on after a restart, closed',
  ]);
  await second.pay(200);
  await vi.waitFor(
    async () => expect(await second.shadow()).toMatchObject({ passed: { good: 1, failing: 2 } }),
    20_000,
  );
});

it('refuses a shadow that acts, or whose settings make no sense', async () => {
  const { want, shadow } = await start();
  for (const settings of [{ retriesMax: 0 }, { windowMs: 1 }, { failureThreshold: 0 }])
    expect((await want(1, wanted(settings))).status).toBe(400);
  expect(await shadow()).toBeNull();
});
