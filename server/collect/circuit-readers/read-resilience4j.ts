import { z } from 'zod';
import type { CircuitState } from '#server/circuits/schema.ts';
import type { PolledCircuit } from '../reconcile.ts';
import { polledCircuit } from './polled-circuit.ts';
import { readSamples } from './read-samples.ts';
import type { CircuitOwner } from './readers.ts';

const State = z
  .string()
  .toLowerCase()
  .pipe(
    z.enum(
      ['closed', 'open', 'half_open', 'forced_open', 'disabled', 'metrics_only'],
      'no state of resilience4j that is known here',
    ),
  );
type State = z.infer<typeof State>;

/** Disabled breakers, and those that only measure, let every call through whatever it comes to. */
const STATES: Readonly<Record<State, CircuitState>> = {
  closed: 'closed',
  open: 'open',
  half_open: 'half_open',
  forced_open: 'forced_open',
  disabled: 'forced_closed',
  metrics_only: 'forced_closed',
};

/** "50.0%", and "-1.0%" while there are too few calls. */
const Percent = z
  .string()
  .transform((text) => Number.parseFloat(text))
  .catch(-1);
const Details = z.object({
  state: State,
  failureRate: Percent,
  failureRateThreshold: Percent,
  bufferedCalls: z.number().catch(0),
  failedCalls: z.number().catch(0),
});
const Endpoint = z.object({ circuitBreakers: z.record(z.string(), Details) });

/** Reads what Spring Boot's actuator tells of resilience4j: the JSON of /actuator/circuitbreakers, or /actuator/prometheus. */
export function readResilience4j(text: string, owner: CircuitOwner): PolledCircuit[] {
  return /^\s*\{/.test(text) ? readEndpoint(text, owner) : readMetrics(text, owner);
}

function readEndpoint(text: string, owner: CircuitOwner): PolledCircuit[] {
  const result = Endpoint.safeParse(JSON.parse(text));
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new Error(`it is not /actuator/circuitbreakers: ${issue?.path.join('.')}: ${issue?.message}`);
  }
  return Object.entries(result.data.circuitBreakers).map(([name, details]) =>
    toCircuit(owner, {
      name,
      state: details.state,
      rate: details.failureRate,
      buffered: details.bufferedCalls,
      failed: details.failedCalls,
      threshold: details.failureRateThreshold,
    }),
  );
}

const METRICS = /^resilience4j_circuitbreaker_(?:state|failure_rate|buffered_calls)$/;

function readMetrics(text: string, owner: CircuitOwner): PolledCircuit[] {
  const samples = readSamples(text, METRICS);
  if (!samples.some(({ name }) => name.endsWith('_state')))
    throw new Error('it has no resilience4j_circuitbreaker_state: is resilience4j-micrometer there?');
  const breakers = Map.groupBy(samples, ({ labels }) => labels.get('name') ?? '');
  return [...breakers].flatMap(([name, own]) => {
    const value = (metric: string, label?: string, is?: string) =>
      own.find((one) => one.name.endsWith(metric) && (label === undefined || one.labels.get(label) === is))?.value ?? 0;
    const inForce = own.find((one) => one.name.endsWith('_state') && one.value === 1);
    const { data: state } = State.safeParse(inForce?.labels.get('state'));
    if (!state) return [];
    const [failed, good] = ['failed', 'successful'].map((kind) => value('_buffered_calls', 'kind', kind));
    const buffered = failed! + good!;
    return [toCircuit(owner, { name, state, rate: value('_failure_rate'), buffered, failed: failed!, threshold: -1 })];
  });
}

interface Told {
  name: string;
  state: State;
  rate: number;
  buffered: number;
  failed: number;
  /** In percent; below 0 where it is not told. */
  threshold: number;
}

function toCircuit(owner: CircuitOwner, { name, state, rate, buffered, failed, threshold }: Told): PolledCircuit {
  const share =
    rate < 0
      ? ''
      : `, ${rate} % of the last ${buffered} calls failed${threshold < 0 ? '' : `, the threshold is ${threshold} %`}`;
  return polledCircuit(owner, {
    name,
    state: STATES[state],
    reason: `${state.replace('_', ' ')} by resilience4j${share}`,
    failures: failed,
    calls: buffered,
  });
}
