import { afterEach, expect, it } from 'vitest';
import { RETRIES_FREE } from '#services/kit/retry/retry-budget.ts';
import { startTestGateway } from '../testing/start-test-gateway.ts';
import { startUpstream } from '../testing/start-upstream.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

it('repeats failing calls only while that adds no more than a tenth, and says so', async () => {
  const upstream = await startUpstream((_request, response) => void response.writeHead(503).end());
  stops.push(upstream.stop);
  const gateway = await startTestGateway(upstream.origin, {
    CIRCUIT_BREAKER_FAILURE_THRESHOLD: '1000',
    THROTTLE_LIMIT_SHORT: '1000',
    THROTTLE_LIMIT_MEDIUM: '1000',
  });
  stops.push(gateway.stop);
  const ask = async (times: number) => {
    const before = upstream.requests.length;
    for (let count = 0; count < times; count++) {
      const answer = await fetch(`${gateway.url}/api/orders`);
      expect([answer.status, await answer.text()]).toEqual([503, '']);
    }
    return upstream.requests.length - before;
  };
  expect(await ask(10)).toBe(10 + RETRIES_FREE);
  // 50 calls in the window pay for five.
  expect(await ask(40)).toBe(40 + 5 - RETRIES_FREE);
  const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
  expect(metrics).toContain('upstream_retries_total{upstream="orders",outcome="sent"} 5');
  expect(metrics).toContain('upstream_retries_total{upstream="orders",outcome="over_budget"} 45');
  expect(metrics).toContain('upstream_retry_budget_left{upstream="payments"} 3');
  // Time is the test's.
  gateway.clock.nowMs += 60_000;
  expect(await ask(1)).toBe(2);
});
