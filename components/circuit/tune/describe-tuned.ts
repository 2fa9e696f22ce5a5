import type { CircuitSettings } from '#server/circuits/schema.ts';

const WORDS = {
  failureThreshold: (count) => `opens at ${count} ${count === 1 ? 'failure' : 'failures'}`,
  windowMs: (ms) => (ms === 0 ? 'counts failures in a row only' : `judges by ${ms / 1_000} s`),
  failurePercent: (percent) => `opens at ${percent} % of them`,
  answerTimeoutMs: (ms) => `calls may take ${ms / 1_000} s`,
  resetTimeoutMs: (ms) => `stays open for ${ms / 1_000} s`,
  halfOpenSuccessCount: (count) => `closes after ${count}`,
  retriesMax: (count) => (count === 0 ? 'no retries' : 'one retry'),
} as const satisfies Record<keyof CircuitSettings, (value: number) => string>;

/** Settings that were given, in words; empty when none was. */
export function describeTuned(settings: { readonly [name: string]: unknown }): string {
  return (Object.keys(WORDS) as (keyof CircuitSettings)[])
    .flatMap((setting) => {
      const value = settings[setting];
      return typeof value === 'number' ? [WORDS[setting](value)] : [];
    })
    .join(', ');
}
