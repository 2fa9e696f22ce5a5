import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, expect, it, vi } from 'vitest';
import { signToken } from '#services/kit/tokens.ts';
import { startOtlpReceiver } from './testing/start-otlp-receiver.ts';
import { startUpstream } from './testing/start-upstream.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const JWT_SECRET = 'a secret of the tests, long enough';
const SETTINGS = {
  CIRCUIT_BREAKER_FAILURE_THRESHOLD: '3',
  CIRCUIT_BREAKER_RESET_TIMEOUT_MS: '3000',
  CIRCUIT_BREAKER_HALF_OPEN_SUCCESS_COUNT: '2',
};

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

/** The gateway as it runs under `npm start`: a process of its own, with the telemetry preload. */
async function startProcess(variables: Record<string, string> = {}) {
  const upstream = await startUpstream();
  const collector = await startOtlpReceiver();
  stops.push(upstream.stop, collector.stop);
  const child = spawn(process.execPath, ['--import', './services/kit/telemetry.ts', 'services/gateway/main.ts'], {
    cwd: ROOT,
    env: {
      ...process.env,
      ...SETTINGS,
      PORT: '0',
      ADMIN_PORT: '0',
      PAYMENTS_URL: upstream.origin,
      JWT_SECRET,
      OTEL_SERVICE_NAME: 'gateway',
      SERVICE_INSTANCE_ID: 'gateway-test',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  stops.push(async () => {
    child.kill('SIGTERM');
    await exited;
  });
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const { url: listening } = JSON.parse(line) as { url?: string };
      if (listening) resolve(listening);
    });
    child.once('exit', () => reject(new Error('the gateway ended before it listened')));
  });
  return { upstream, collector, url, exited };
}

/** One that a customer makes. */
async function createCall(url: string) {
  const headers = { authorization: `Bearer ${await signToken(JWT_SECRET, { id: randomUUID(), name: 'Ada' })}` };
  return () => fetch(`${url}/api/payments`, { method: 'POST', headers });
}

it('tells the collector of every transition, with the failing traces', async () => {
  const { upstream, collector, url } = await startProcess();
  const call = await createCall(url);
  upstream.answer = (_request, response) => response.writeHead(500).end();
  for (let count = 0; count < 3; count++) expect((await call()).status).toBe(500);
  await vi.waitFor(() => expect(collector.events.length).toBe(1), 20_000);
  const [opened] = collector.events;
  expect(opened).toMatchObject({
    name: 'switchyard.circuit.transition',
    resource: { 'service.name': 'gateway', 'service.instance.id': 'gateway-test' },
    attributes: {
      'circuit_breaker.name': 'payments',
      'circuit_breaker.state': 'open',
      'circuit_breaker.previous_state': 'closed',
      'circuit_breaker.reason': '3 failures in a row, the last: HTTP 500',
      'circuit_breaker.failures': 3,
      'circuit_breaker.calls': 3,
      'circuit_breaker.threshold': 3,
      'circuit_breaker.reset_timeout_ms': 3000,
      'circuit_breaker.half_open_success_count': 2,
      'circuit_breaker.next_attempt_unix_ms': expect.any(Number),
    },
  });
  expect((await call()).status).toBe(503);
  await expectTraces(
    collector.spans,
    opened!.attributes['circuit_breaker.trace_ids'] as string[],
    upstream.requests[0]!,
  );

  const circuits = (await (await fetch(`${url}/api/health/circuits`)).json()) as { instance: string };
  expect(circuits).toMatchObject({ reporter: 'gateway', instance: 'gateway-test' });

  upstream.answer = (_request, response) => response.end('fine');
  await vi.waitFor(async () => expect((await call()).status).toBe(200), { timeout: 20_000, interval: 50 });
  expect((await call()).status).toBe(200);
  await vi.waitFor(() => expect(collector.events.length).toBe(3), 20_000);
  expect(collector.events.map(({ attributes }) => attributes['circuit_breaker.state'])).toEqual([
    'open',
    'half_open',
    'closed',
  ]);
});

type Spans = Awaited<ReturnType<typeof startOtlpReceiver>>['spans'];

/** One server span and one client span a call, both saying what the breaker made of it, and the service in the same trace. */
async function expectTraces(spans: Spans, traceIds: string[], received: { headers: NodeJS.Dict<string | string[]> }) {
  const ofCalls = await vi.waitFor(() => {
    const found = spans.filter(({ attributes }) => attributes['circuit_breaker.name'] === 'payments');
    expect(found.length).toBe(8);
    return found;
  }, 20_000);
  const failed = ofCalls.filter(({ attributes }) => attributes['circuit_breaker.outcome'] === 'failure');
  expect(new Set(traceIds)).toEqual(new Set(failed.map(({ traceId }) => traceId)));
  const [firstClient] = failed.filter(({ kind, traceId }) => kind === 3 && traceId === traceIds[0]);
  expect(firstClient).toMatchObject({
    name: 'POST /payments/*',
    status: { code: 2 },
    attributes: { 'peer.service': 'payments', 'http.response.status_code': 500, 'circuit_breaker.state': 'closed' },
  });
  expect(received.headers.traceparent).toBe(`00-${firstClient!.traceId}-${firstClient!.spanId}-01`);
  const rejected = ofCalls.filter(({ attributes }) => attributes['circuit_breaker.outcome'] === 'rejected');
  expect(rejected.map(({ kind, name }) => [kind, name]).toSorted()).toEqual([
    [2, 'POST /api/payments'],
    [3, 'POST /payments/*'],
  ]);
  // Nothing else was traced: no second client span, no probe.
  expect(spans.length).toBe(8);
}

it('beyond what it may keep it makes no spans, tells services so, and still tells of what fails', async () => {
  const { upstream, collector, url } = await startProcess({
    TRACES_PER_SECOND_MAX: '0.000001',
    THROTTLE_LIMIT_SHORT: '1000',
  });
  const call = await createCall(url);
  const passedOn = () => upstream.requests.at(-1)?.headers.traceparent as string;
  await vi.waitFor(
    async () => {
      await call();
      expect(passedOn()).toMatch(/-00$/);
    },
    { timeout: 20_000, interval: 20 },
  );
  const [before, keptBefore] = [upstream.requests.length, collector.spans.length];
  for (let count = 0; count < 5; count++) await call();
  const parents = upstream.requests.slice(before).map(({ headers }) => headers.traceparent as string);
  expect(new Set(parents).size).toBe(5);
  for (const parent of parents) expect(parent).toMatch(/^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-00$/);
  upstream.answer = (_request, response) => response.writeHead(500).end();
  for (let count = 0; count < 3; count++) await call();
  await vi.waitFor(() => expect(collector.events.length).toBe(1), 20_000);
  expect(collector.events[0]!.attributes['circuit_breaker.trace_ids']).toEqual([]);
  expect(collector.spans.length).toBe(keptBefore);
});

it('says on the span of a request whose budget it used and which limit refused it', async () => {
  const { collector, url } = await startProcess({
    THROTTLE_LIMIT_MEDIUM: '2',
    THROTTLE_TTL_MEDIUM: '3600000',
    THROTTLE_LIMIT_LOGIN: '1',
  });
  const body = JSON.stringify({ email: 'anna@example.com', password: 'x' });
  const login = () => fetch(`${url}/api/auth/login`, { method: 'POST', body });
  await login();
  expect((await login()).status).toBe(429);
  expect((await fetch(`${url}/api/products`)).status).toBe(429);
  const counted = await vi.waitFor(() => {
    const found = collector.spans.filter(({ attributes }) => attributes['rate_limit.client'] !== undefined);
    expect(found.length).toBe(3);
    return found.map(({ attributes }) => attributes);
  }, 20_000);
  const of = (name: string) => counted.map((attributes) => attributes[`rate_limit.${name}`]);
  expect(of('client')).toEqual(['127.0.0.1', '127.0.0.1', '127.0.0.1']);
  expect(of('refused_by').toSorted()).toEqual([['login'], ['medium'], undefined]);
  const [first, second] = of('login').filter((key) => key !== undefined);
  expect([first, typeof first]).toEqual([second, 'string']);
  expect(JSON.stringify(counted)).not.toContain('anna');
});
