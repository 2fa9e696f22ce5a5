import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createCircuitReader, type CircuitReaderName } from './readers.ts';

const OWNER = { job: 'checkout', instance: '10.0.0.7:8080' };
const record = (file: string) => readFileSync(new URL(`recordings/${file}`, import.meta.url), 'utf8');

function states(reader: CircuitReaderName, text: string): Record<string, string> {
  return Object.fromEntries(createCircuitReader(reader)(text, OWNER).map(({ name, state }) => [name, state]));
}

describe('resilience4j', () => {
  it('reads the endpoint of the actuator', () => {
    const text = record('resilience4j-circuitbreakers.json');
    expect(states('resilience4j', text)).toEqual({
      stockService: 'closed',
      cardProvider: 'open',
      addressLookup: 'half_open',
      newsletter: 'forced_open',
      legacyErp: 'forced_closed',
    });
    expect(createCircuitReader('resilience4j')(text, OWNER)[1]).toEqual({
      service: 'checkout',
      instance: '10.0.0.7:8080',
      name: 'cardProvider',
      state: 'open',
      sinceMs: undefined,
      reason: 'open by resilience4j, 62.5 % of the last 8 calls failed, the threshold is 50 %',
      failures: 5,
      calls: 8,
      threshold: 0,
      resetTimeoutMs: 0,
      halfOpenSuccessCount: 0,
      nextAttemptMs: 0,
    });
  });

  it('reads the same from its metrics', () => {
    const text = record('resilience4j-prometheus.txt');
    expect(states('resilience4j', text)).toEqual({ cardProvider: 'open', stockService: 'forced_closed' });
    expect(createCircuitReader('resilience4j')(text, OWNER)[0]).toMatchObject({
      reason: 'open by resilience4j, 62.5 % of the last 8 calls failed',
      failures: 5,
      calls: 8,
    });
  });

  it.each([
    ['another JSON', '{"status":"UP"}', 'it is not /actuator/circuitbreakers'],
    ['a state that it does not know', '{"circuitBreakers":{"a":{"state":"MELTED"}}}', 'no state of resilience4j'],
    ['a state that every object has', '{"circuitBreakers":{"a":{"state":"constructor"}}}', 'no state of resilience4j'],
    ['metrics without breakers', 'jvm_threads_live_threads 4\n', 'resilience4j_circuitbreaker_state'],
  ])('says what is wrong with %s', (_name, text, message) =>
    expect(() => createCircuitReader('resilience4j')(text, OWNER)).toThrow(message),
  );
});

describe('envoy', () => {
  it('a cluster is open at a limit that keeps requests out, or without hosts', () => {
    const circuits = createCircuitReader('envoy')(record('envoy.txt'), OWNER);
    expect(circuits.map(({ name, state, reason }) => [name, state, reason])).toEqual([
      ['catalog', 'closed', 'within its limits, no host is ejected'],
      ['orders', 'closed', '1 of 3 hosts are ejected'],
      ['payments', 'open', 'at its limit of requests and waiting requests'],
      ['shipping', 'open', '1 of 1 hosts are ejected'],
    ]);
    expect(circuits[1]).toMatchObject({ failures: 1, threshold: 3 });
  });

  it('knows the label of Istio and the high priority', () => {
    const text = 'envoy_cluster_circuit_breakers_high_cx_open{cluster_name="outbound|80||shop.default.svc"} 1\n';
    expect(createCircuitReader('envoy')(text, OWNER)).toMatchObject([
      { name: 'outbound|80||shop.default.svc', state: 'open', reason: 'at its limit of connections of high priority' },
    ]);
  });

  it('says each limit once, however many series tell of it', () => {
    const lines = ['a', 'b', 'c'].map(
      (pod) => `envoy_cluster_circuit_breakers_default_rq_open{envoy_cluster_name="shop",pod="${pod}"} 1\n`,
    );
    expect(createCircuitReader('envoy')(lines.join(''), OWNER)).toMatchObject([{ reason: 'at its limit of requests' }]);
  });

  it('says what is wrong with other metrics', () =>
    expect(() => createCircuitReader('envoy')('up 1\n', OWNER)).toThrow('envoy_cluster_circuit_breakers_*'));
});

const counters = (open: number, halfOpen: number, close: number) =>
  `circuit{name="mail",event="fire"} 9\n${Object.entries({ open, halfOpen, close })
    .map(([event, count]) => `circuit{name="mail",event="${event}"} ${count}\n`)
    .join('')}`;

describe('opossum', () => {
  it('tells the state by the sums of its counters at first', () => {
    expect(states('opossum', record('opossum.txt'))).toEqual({
      inventory: 'closed',
      mail: 'closed',
      'card fraud check': 'open',
      pricing: 'half_open',
    });
  });

  it('follows a real process, most of whose breakers do not tell that they are tried', () => {
    const read = createCircuitReader('opossum');
    read(record('opossum.txt'), OWNER);
    const later = read(record('opossum-later.txt'), OWNER);
    expect(Object.fromEntries(later.map(({ name, state }) => [name, state]))).toEqual({
      inventory: 'closed',
      mail: 'open',
      'card fraud check': 'closed',
      pricing: 'open',
    });
  });

  it('knows by its calls where a breaker is that it took for another', () => {
    const read = createCircuitReader('opossum');
    const tell = (open: number, close: number, fire: number, success: number, reject: number) => {
      const text = Object.entries({ open, close, fire, success, reject })
        .map(([event, count]) => `circuit{name="mail",event="${event}"} ${count}\n`)
        .join('');
      return read(text, OWNER)[0]?.state;
    };
    // Two troubles, or one and a failed trial: nobody can say, until a call is refused or served.
    expect(tell(2, 1, 30, 10, 5)).toBe('closed');
    expect(tell(2, 1, 34, 10, 9)).toBe('open');
    expect(tell(2, 1, 34, 10, 9)).toBe('open');
    expect(tell(2, 1, 38, 14, 9)).toBe('closed');
  });

  it('counts a call that timed out once: it is a failure as well', () => {
    const fraud = createCircuitReader('opossum')(record('opossum.txt'), OWNER).find(({ state }) => state === 'open');
    expect(fraud).toMatchObject({ calls: 22, reason: expect.stringContaining('10 of 22 calls failed') });
  });

  it.each([
    [
      'through a whole trouble',
      [
        [0, 0, 0],
        [1, 0, 0],
        [1, 1, 0],
        [2, 1, 0],
        [2, 2, 0],
        [2, 2, 1],
      ],
      ['closed', 'open', 'half_open', 'open', 'half_open', 'closed'],
    ],
    [
      'a second trouble, seen from its half-open',
      [
        [1, 1, 1],
        [2, 2, 1],
        [2, 2, 2],
      ],
      ['closed', 'half_open', 'closed'],
    ],
    [
      'moves that fell between two readings',
      [
        [0, 0, 0],
        [3, 3, 1],
        [4, 3, 1],
      ],
      ['closed', 'closed', 'open'],
    ],
    [
      'a trial that fails between two readings',
      [
        [1, 0, 0],
        [2, 1, 0],
      ],
      ['open', 'open'],
    ],
    [
      'closed by hand',
      [
        [1, 0, 0],
        [1, 0, 1],
      ],
      ['open', 'closed'],
    ],
    [
      'no move',
      [
        [2, 1, 0],
        [2, 1, 0],
      ],
      ['open', 'open'],
    ],
    [
      'a process that was started anew',
      [
        [2, 1, 0],
        [0, 0, 0],
      ],
      ['open', 'closed'],
    ],
  ] as [string, [number, number, number][], string[]][])('follows it: %s', (_name, readings, expected) => {
    const read = createCircuitReader('opossum');
    expect(readings.map((reading) => read(counters(...reading), OWNER)[0]?.state)).toEqual(expected);
  });

  it('takes a prefix, OpenMetrics, and the names of its fork', () => {
    const prefixed = 'shop_circuit{name="a",event="open"} 1\n';
    const openMetrics = '# TYPE circuit counter\ncircuit_total{name="a",event="open"} 1\n# EOF\n';
    const fork = 'circuit_breaker_counter{name="a",event="open"} 1\n';
    for (const text of [prefixed, openMetrics, fork]) expect(states('opossum', text)).toEqual({ a: 'open' });
  });

  it('says what is wrong with other metrics', () =>
    expect(() => createCircuitReader('opossum')('up 1\n', OWNER)).toThrow('opossum-prometheus'));
});
