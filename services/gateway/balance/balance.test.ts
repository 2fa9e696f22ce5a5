// A gateway over two instances of each service.
import type { ServerResponse } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { EJECTION_MS, FAILURES_MAX } from '#services/kit/balance/decide-ejection.ts';
import { startTestGateway } from '../testing/start-test-gateway.ts';
import { startUpstream } from '../testing/start-upstream.ts';

/** A busy machine is neither a client that asks too much nor an instance that hangs. */
const PATIENT = {
  THROTTLE_LIMIT_SHORT: '100000',
  THROTTLE_LIMIT_MEDIUM: '100000',
  THROTTLE_LIMIT_LONG: '100000',
  UPSTREAM_ANSWER_TIMEOUT_MS: '60000',
  UPSTREAM_CONNECT_TIMEOUT_MS: '60000',
};
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

async function start() {
  const upstreams = [await startUpstream(), await startUpstream()] as const;
  const gateway = await startTestGateway(
    upstreams.map(({ origin }) => origin),
    PATIENT,
  );
  stops.push(gateway.stop, ...upstreams.map(({ stop }) => stop));
  const ask = async (init?: RequestInit) => {
    const answer = await fetch(`${gateway.url}/api/orders`, init);
    await answer.text();
    return answer.status;
  };
  const asked = () => upstreams.map(({ requests }) => requests.length);
  const member = (index: 0 | 1) => gateway.gateway.instances.get('orders')!.members[index]!;
  const breaker = () => gateway.gateway.breakers.get('orders')!;
  return { upstreams, gateway, ask, asked, member, breaker };
}
const fail = (_: unknown, response: ServerResponse) => void response.writeHead(500).end();
const post = (body = '{}') => ({ method: 'POST', body, headers: { 'content-type': 'application/json' } });

it('spreads calls, and gives the next one to the instance with fewer under way', async () => {
  const { ask, asked, upstreams } = await start();
  for (let count = 0; count < 10; count++) await ask();
  expect(asked()).toEqual([5, 5]);
  const held: ServerResponse[] = [];
  upstreams[0].answer = (_request, response) => void held.push(response);
  const hanging = [ask(), ask()];
  await expect.poll(() => held.length).toBeGreaterThan(0);
  const before = asked()[1]!;
  for (let count = 0; count < 6; count++) await ask();
  expect(asked()[1]! - before).toBeGreaterThanOrEqual(6);
  for (const response of held) response.end();
  upstreams[0].answer = (_request, response) => void response.end();
  expect(await Promise.all(hanging)).toEqual([200, 200]);
});

it('loses nothing when an instance is gone: calls that nobody took go on to the other, also those that may not be repeated', async () => {
  const { ask, gateway, member, upstreams, breaker, asked } = await start();
  await upstreams[0].stop();
  const statuses = [];
  for (let count = 0; count < 20; count++) statuses.push(await ask(count % 2 === 0 ? post() : {}));
  expect(statuses).toEqual(Array(20).fill(200));
  expect(asked()).toEqual([0, 20]);
  // One refused connection was enough.
  expect(member(0).memory).toMatchObject({ failures: 1, ejections: 1 });
  expect(breaker().memory).toMatchObject({ state: 'closed', failures: 0, calls: 20 });
  expect(gateway.lines.map(({ msg }) => msg)).toContain('[orders] Instance 1 ejected for 5 s: nobody listens there');
  const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
  expect(metrics).toContain('upstream_instance_ejected{upstream="orders",upstream_instance="1"} 1');
  expect(metrics).toContain('upstream_instance_ejected{upstream="orders",upstream_instance="2"} 0');
  expect(metrics).toContain(
    'upstream_instance_calls_total{upstream="orders",upstream_instance="1",outcome="connect"} 1',
  );
});

it('is killed with calls under way under load: at most a tenth of a percent fails, and the breaker stays closed', async () => {
  const { ask, upstreams, breaker, gateway, member } = await start();
  const [workers, requests] = [4, 2_000];
  let left = requests;
  let failed = 0;
  const work = async () => {
    while (left > 0) {
      left -= 1;
      if (left === requests / 2) void upstreams[0].stop();
      if ((await ask(left % 5 === 0 ? post() : {})) !== 200) failed += 1;
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  // No more than what half of the workers had under way there and may not be repeated.
  expect(failed).toBeLessThanOrEqual(requests / 1_000);
  expect(breaker().state).toBe('closed');
  expect(gateway.transitions).toEqual([]);
  expect(member(0).memory.ejections).toBe(1);
  expect(member(0).outstanding).toBe(0);
}, 120_000);

it('takes an instance out that answers with errors, tries it again, and lets it back; the breaker hears nothing of it', async () => {
  const { ask, asked, upstreams, breaker, gateway, member } = await start();
  upstreams[0].answer = fail;
  for (let count = 0; count < 20; count++) await ask(post());
  expect(asked()[0]).toBe(FAILURES_MAX);
  expect(breaker().memory.state).toBe('closed');
  gateway.clock.nowMs += EJECTION_MS;
  for (let count = 0; count < 5; count++) await ask(post());
  // On trial: one failure was enough.
  expect(asked()[0]).toBe(FAILURES_MAX + 1);
  gateway.clock.nowMs += 2 * EJECTION_MS;
  upstreams[0].answer = (_request, response) => void response.end();
  for (let count = 0; count < 10; count++) expect(await ask(post())).toBe(200);
  expect(member(0).memory).toMatchObject({ isOnTrial: false, failures: 0 });
  expect(gateway.transitions).toEqual([]);
});

it('opens the breaker when both answer with errors, and never takes out more than half', async () => {
  const { ask, upstreams, gateway, member } = await start();
  for (const upstream of upstreams) upstream.answer = fail;
  const statuses = [];
  for (let count = 0; count < 10; count++) statuses.push(await ask(post()));
  // The first failure might have been that of one instance.
  expect(statuses).toEqual([...Array(6).fill(500), ...Array(4).fill(503)]);
  expect(gateway.transitions.map(({ state }) => state)).toEqual(['open']);
  const ejected = [member(0), member(1)].filter(({ memory }) => memory.ejectedUntilMs !== null);
  expect(ejected).toHaveLength(1);
});

it('repeats what may be repeated at the other instance', async () => {
  const { ask, asked, upstreams } = await start();
  upstreams[0].answer = (_request, response) => void response.writeHead(503).end();
  expect([await ask(), await ask()]).toEqual([200, 200]);
  expect(asked()).toEqual([1, 2]);
});

it('follows who comes and goes, and says where calls go', async () => {
  const { ask, asked, gateway, upstreams } = await start();
  const balancer = gateway.gateway.instances.get('orders')!;
  balancer.update([{ id: '2', address: upstreams[1].origin }]);
  for (let count = 0; count < 4; count++) expect(await ask()).toBe(200);
  expect(asked()).toEqual([0, 4]);
  const { services } = (await (await fetch(`${gateway.adminUrl}/instances`)).json()) as {
    services: { service: string; instances: object[] }[];
  };
  expect(services.find(({ service }) => service === 'orders')?.instances).toEqual([
    { id: '2', address: upstreams[1].origin, outstanding: 0, failures: 0, ejected: false, ejections: 0 },
  ]);
});
