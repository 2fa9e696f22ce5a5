import { parseCircuitsAnswer } from '../circuits-answer.ts';
import type { PolledCircuit } from '../reconcile.ts';
import { readEnvoy } from './read-envoy.ts';
import { createOpossumReader } from './read-opossum.ts';
import { readResilience4j } from './read-resilience4j.ts';

/** Whose breakers they are: the names that a target gives where its own answer has none. */
export interface CircuitOwner {
  job: string;
  instance: string;
}

/** Makes states of breakers of an answer; throws an Error that says what is wrong with it. */
export type CircuitReader = (text: string, owner: CircuitOwner) => PolledCircuit[];

export const CIRCUIT_READERS = ['switchyard', 'opossum', 'resilience4j', 'envoy'] as const;
export type CircuitReaderName = (typeof CIRCUIT_READERS)[number];

/** Where each is asked unless the target says otherwise. */
export const CIRCUIT_PATHS = {
  switchyard: '/api/health/circuits',
  opossum: '/metrics',
  resilience4j: '/actuator/circuitbreakers',
  // All statistics of an Envoy may be megabytes.
  envoy: '/stats/prometheus?filter=(circuit_breakers%7Coutlier_detection%7Cmembership)',
} as const satisfies Record<CircuitReaderName, string>;

/** A reader for one target: one of them remembers what it read last. */
export function createCircuitReader(name: CircuitReaderName): CircuitReader {
  return CREATE[name]();
}

const CREATE = {
  switchyard: () => parseCircuitsAnswer,
  opossum: createOpossumReader,
  resilience4j: () => readResilience4j,
  envoy: () => readEnvoy,
} as const satisfies Record<CircuitReaderName, () => CircuitReader>;
