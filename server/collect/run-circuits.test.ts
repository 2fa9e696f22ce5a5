import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import type { LiveHint } from '#server/live/channel.ts';
import { createLog } from '#server/log.ts';
import type { Wal } from '#server/wal/open-wal.ts';
import { ScrapeConfig } from './discovery/scrape-config.ts';
import { toTarget, type Target } from './discovery/to-target.ts';
import { runCircuits } from './run-circuits.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

const record = (file: string) => readFileSync(new URL(`circuit-readers/recordings/${file}`, import.meta.url), 'utf8');
// What is appended is read from the hints: it is a store's business to keep it.
const wal = { append: async () => ({ stored: Promise.resolve(true) }) } as unknown as Wal;

/** A service of somebody else, and the collector's poller before it. */
async function poll(config: object, answers: Record<string, string>) {
  const requests: IncomingMessage[] = [];
  const server: Server = createServer((request, response) => {
    requests.push(request);
    const answer = answers[request.url ?? ''];
    if (answer === undefined) response.writeHead(404).end();
    else response.end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => server.close());
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const target = toTarget(
    ScrapeConfig.parse({ job_name: 'checkout', ...config }),
    { __address__: address },
    { intervalMs: 100 },
  );
  const hints: LiveHint[] = [];
  const polled: string[] = [];
  const circuits = runCircuits({
    wal,
    log: createLog('test', 'silent'),
    intervalMs: 50,
    loadKnown: async () => new Map(),
    readStates: async () => [],
    insert: async () => undefined,
    sendHint: (hint) => hints.push(hint),
    onPolled: (_job, outcome) => polled.push(outcome),
  });
  stops.push(circuits.stop);
  circuits.setTargets([target as Target]);
  const states = () =>
    Object.fromEntries(hints.flatMap((hint) => (hint.kind === 'circuit' ? [[hint.name, hint.state]] : [])));
  return { states, requests, polled, answers, address };
}

it('asks a service for its breakers in the words of its library, with its credentials', async () => {
  const { states, requests } = await poll(
    { circuits: 'resilience4j', basic_auth: { username: 'switchyard', password: 'secret' } },
    { '/actuator/circuitbreakers': record('resilience4j-circuitbreakers.json') },
  );
  await vi.waitFor(() => expect(states()).toMatchObject({ cardProvider: 'open', newsletter: 'forced_open' }), 20_000);
  expect(requests[0]?.headers.authorization).toBe(`Basic ${btoa('switchyard:secret')}`);
});

const counters = (open: number, halfOpen: number, close: number) =>
  `circuit{name="mail",event="open"} ${open}\ncircuit{name="mail",event="halfOpen"} ${halfOpen}\ncircuit{name="mail",event="close"} ${close}\n`;

it('follows the counters of opossum from one poll to the next', async () => {
  const { states, answers } = await poll({ circuits: 'opossum' }, { '/metrics': counters(1, 1, 1) });
  await vi.waitFor(() => expect(states()).toEqual({ mail: 'closed' }), 20_000);
  answers['/metrics'] = counters(2, 2, 1);
  await vi.waitFor(() => expect(states()).toEqual({ mail: 'half_open' }), 20_000);
});

it('asks where it was told, and says when there is nothing', async () => {
  const { states, requests, polled } = await poll({ circuits: { reader: 'envoy', path: '/mesh/stats' } }, {});
  await vi.waitFor(() => expect(polled).toContain('failed'), 20_000);
  expect(new Set(requests.map(({ url }) => url))).toEqual(new Set(['/mesh/stats']));
  expect(states()).toEqual({});
});

it('keeps nothing of an answer with more breakers than a target may have', async () => {
  const names = Array.from({ length: 10_001 }, (_, n) => `circuit{name="${n}",event="open"} 1\n`);
  const { states, polled } = await poll({ circuits: 'opossum' }, { '/metrics': names.join('') });
  await vi.waitFor(() => expect(polled).toContain('failed'), 20_000);
  expect(states()).toEqual({});
});

it('asks nobody who does not want it', async () => {
  const asked = ScrapeConfig.parse({ job_name: 'checkout' });
  expect(toTarget(asked, { __address__: 'a:1' }, { intervalMs: 100 })).toMatchObject({ circuits: null });
  const ours = ScrapeConfig.parse({ job_name: 'checkout', circuits: true });
  expect(toTarget(ours, { __address__: 'a:1' }, { intervalMs: 100 })).toMatchObject({
    circuits: { reader: 'switchyard', path: '/api/health/circuits' },
  });
  expect(() => ScrapeConfig.parse({ job_name: 'checkout', circuits: 'hystrix' })).toThrow(
    'one of switchyard, opossum, resilience4j, envoy',
  );
});
