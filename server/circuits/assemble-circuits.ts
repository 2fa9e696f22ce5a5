import { GONE_AFTER_S } from '#server/store/queries/breaker-states.ts';
import type { CircuitCalls } from '#server/store/queries/circuit-calls.ts';
import type { CircuitInstanceRow } from '#server/store/queries/circuit-instances.ts';
import type { Circuit, CircuitInstance } from './schema.ts';
import { byWorstState } from './worst-state.ts';

export interface CircuitFacts {
  rows: readonly CircuitInstanceRow[];
  /** When instances of reporters last spoke; those silent for longer than GONE_AFTER_S need not be among them. */
  seen: readonly { service: string; instance: string; lastSeenMs: number }[];
  calls: readonly CircuitCalls[];
  callSeconds: number;
  nowMs: number;
}

/** Breakers with their living instances, the worst first. */
export function assembleCircuits({ rows, seen, calls, callSeconds, nowMs }: CircuitFacts): Circuit[] {
  const seenMs = new Map(seen.map(({ service, instance, lastSeenMs }) => [key(service, instance), lastSeenMs]));
  const aliveMs = nowMs - GONE_AFTER_S * 1_000;
  const speaking = new Set(seen.filter(({ lastSeenMs }) => lastSeenMs > aliveMs).map(({ service }) => service));
  const callsOf = new Map(calls.map((call) => [key(call.reporter, call.name), call]));
  const groups = new Map<string, { name: string; reporter: string; instances: CircuitInstance[] }>();
  for (const { name, reporter, nextAttemptMs, ...facts } of rows) {
    const lastSeenMs = Math.max(seenMs.get(key(reporter, facts.instance)) ?? 0, facts.sinceMs);
    // A restart brings a new instance id: the old one is gone once it is silent while another of its service speaks.
    if (lastSeenMs <= aliveMs && speaking.has(reporter)) continue;
    const group = groups.get(key(reporter, name)) ?? { name, reporter, instances: [] };
    group.instances.push({ ...facts, nextAttemptMs: nextAttemptMs || null, lastSeenMs });
    groups.set(key(reporter, name), group);
  }
  return [...groups.values()]
    .map(({ name, reporter, instances }) => {
      const sorted = instances.toSorted(byWorstState);
      const [worst] = sorted as [CircuitInstance, ...CircuitInstance[]];
      const call = callsOf.get(key(reporter, name)) ?? { calls: 0, failed: 0, rejected: 0 };
      const admitted = call.calls - call.rejected;
      return {
        name,
        reporter,
        state: worst.state,
        sinceMs: worst.sinceMs,
        instances: sorted,
        callsPerS: call.calls / callSeconds,
        failureRatio: admitted > 0 ? call.failed / admitted : null,
        rejectedPerS: call.rejected / callSeconds,
      };
    })
    .toSorted((a, b) => byWorstState({ ...a, sinceMs: 0 }, { ...b, sinceMs: 0 }) || compare(a, b));
}

function compare(a: Circuit, b: Circuit): number {
  return a.reporter.localeCompare(b.reporter) || a.name.localeCompare(b.name);
}

function key(...parts: string[]): string {
  return JSON.stringify(parts);
}
