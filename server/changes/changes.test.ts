import { describe, expect, it } from 'vitest';
import type { CircuitTransition } from '#server/circuits/schema.ts';
import type { ProcessEventRow } from '#server/store/queries/process-events.ts';
import { circuitChanges } from './circuit-changes.ts';
import { processChanges } from './process-changes.ts';

const exit = (tMs: number, process: string, change: Partial<ProcessEventRow> = {}): ProcessEventRow => ({
  tMs,
  event: 'switchyard.process.exit',
  process,
  exitCode: '',
  signal: '',
  downtimeMs: '',
  ...change,
});
const start = (tMs: number, process: string, downtimeMs = ''): ProcessEventRow => ({
  ...exit(tMs, process, { downtimeMs }),
  event: 'switchyard.process.start',
});
const tell = (...events: ProcessEventRow[]) =>
  processChanges(events.toSorted((a, b) => b.tMs - a.tMs)).map(({ tMs, severity, title, detail }) =>
    [tMs, severity, title, detail].join(' | '),
  );

describe('processChanges', () => {
  it('tells a death and the start after it as one', () => {
    expect(tell(exit(1_000, 'engine', { signal: 'SIGKILL' }), start(2_500, 'engine', '1400'))).toEqual([
      '1000 | warning | engine was killed (SIGKILL) and restarted | Ready again after 1.4 s',
    ]);
  });

  it('measures the pause itself when the supervisor does not say', () => {
    expect(tell(exit(1_000, 'orders', { exitCode: '1' }), start(3_000, 'orders'))).toEqual([
      '1000 | warning | orders ended with code 1 and restarted | Ready again after 2.0 s',
    ]);
  });

  it('is critical about what is not back, and pairs by process', () => {
    expect(tell(exit(1_000, 'engine', { signal: 'SIGSEGV' }), start(2_000, 'orders'))).toEqual([
      '1000 | critical | engine was killed (SIGSEGV) | It is not back yet',
      '2000 | ok | orders is back | Ready again',
    ]);
  });

  it('tells each death of a row', () => {
    expect(
      tell(exit(1, 'a', { exitCode: '1' }), exit(2, 'a', { exitCode: '2' }), start(3, 'a', '2'), exit(4, 'a')),
    ).toEqual([
      '4 | critical | a could not be started | It is not back yet',
      '2 | warning | a ended with code 2 and restarted | Ready again after 0.0 s',
      '1 | warning | a ended with code 1 | It was started again and ended again',
    ]);
  });

  it('leads to the page of a service, or to the overview for what is Switchyard itself', () => {
    const changes = processChanges([exit(2, 'engine'), exit(1, 'orders')]);
    expect(changes.map(({ href }) => href)).toEqual(['/', '/services/orders']);
  });
});

const transition = (change: Partial<CircuitTransition>): CircuitTransition => ({
  tMs: 1,
  name: 'payments',
  reporter: 'gateway',
  instance: 'g1',
  state: 'open',
  previousState: 'closed',
  reason: '5 of 20 calls failed',
  failures: 5,
  calls: 20,
  threshold: 5,
  nextAttemptMs: null,
  traceIds: [],
  source: 'push',
  ...change,
});

describe('circuitChanges', () => {
  it('says what happened, why and where', () => {
    expect(circuitChanges([transition({})])).toEqual([
      {
        id: 'circuit-gateway-payments-g1-1-open',
        tMs: 1,
        kind: 'circuit',
        severity: 'critical',
        title: 'Breaker payments opened',
        detail: '5 of 20 calls failed, on gateway',
        href: '/circuits?breaker=gateway~payments',
      },
    ]);
  });

  it('leaves out what did not change', () => {
    expect(circuitChanges([transition({ state: 'closed', reason: 'first seen' })])).toEqual([]);
    expect(circuitChanges([transition({ state: 'closed', previousState: 'half_open' })])[0]).toMatchObject({
      title: 'Breaker payments closed',
      severity: 'ok',
    });
  });
});
