import { trace } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { handleWhen, noop, retry } from 'cockatiel';
import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { BUDGET_EXHAUSTED, repeatWithin } from './repeat-within.ts';
import { RETRIES_FREE, RetryBudget } from './retry-budget.ts';
import { createRetryMetrics } from './retry-metrics.ts';

const twice = retry(
  handleWhen(() => true),
  { maxAttempts: 2 },
);

function begin() {
  const budget = new RetryBudget('orders', () => 1_000_000);
  let attempts = 0;
  const fail = async () => {
    attempts += 1;
    throw new Error(`attempt ${attempts}`);
  };
  return { budget, fail, attempts: () => attempts };
}

const attributesOf = (work: () => Promise<unknown>) =>
  trace.getTracer('test').startActiveSpan('request', async (span) => {
    await work().catch(() => undefined);
    span.end();
    return (span as unknown as { attributes: object }).attributes;
  });

test('repeats as the policy says while the budget pays, then gives up with what came last', async () => {
  const { budget, fail, attempts } = begin();
  await expect(repeatWithin(twice, budget, fail)).rejects.toThrow('attempt 3');
  await expect(repeatWithin(twice, budget, fail)).rejects.toThrow('attempt 5');
  expect(RETRIES_FREE).toBe(3);
  await expect(repeatWithin(twice, budget, fail)).rejects.toThrow('attempt 6');
  expect(attempts()).toBe(6);
  // One for the second call, one for the third: what is given up is not asked for again.
  expect(budget.totals).toEqual({ sent: 3, refused: 2 });
});

test('says on the span of the request that it was not repeated', async () => {
  const tracing = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(new InMemorySpanExporter())] });
  tracing.register();
  const { budget, fail } = begin();
  expect(await attributesOf(() => repeatWithin(twice, budget, fail))).toEqual({});
  expect(await attributesOf(() => repeatWithin(twice, budget, fail))).toEqual({ [BUDGET_EXHAUSTED]: true });
  await tracing.shutdown();
});

test('counts calls that may not be repeated, too: the budget is a share of all', async () => {
  const { budget } = begin();
  for (let count = 0; count < 100; count++) await repeatWithin(noop, budget, async () => 'fine');
  expect(budget.left).toBe(10);
});

test('shows in the metrics what was sent, what was not, and what is left', async () => {
  const { budget, fail } = begin();
  const registry = new Registry();
  for (const metric of createRetryMetrics(() => [budget])) registry.registerMetric(metric);
  for (let count = 0; count < 2; count++) await repeatWithin(twice, budget, fail).catch(() => undefined);
  for (let scrape = 0; scrape < 2; scrape++) {
    const text = await registry.metrics();
    expect(text).toContain('upstream_retries_total{upstream="orders",outcome="sent"} 3');
    expect(text).toContain('upstream_retries_total{upstream="orders",outcome="over_budget"} 1');
    expect(text).toContain('upstream_retry_budget_left{upstream="orders"} 0');
  }
});
