import type { HeldConfiguration, WantedBreaker } from '#server/gateway/document.ts';
import type { CircuitSettings, TunedSettings } from './schema.ts';

/** The settings of a breaker as its gateway says that they are in force. */
export function settingsInForce(circuit: HeldConfiguration['circuits'][number]): CircuitSettings {
  const { threshold: failureThreshold, resetTimeoutMs, halfOpenSuccessCount } = circuit;
  const { windowMs, failurePercent, answerTimeoutMs, retriesMax } = circuit;
  return {
    failureThreshold,
    resetTimeoutMs,
    halfOpenSuccessCount,
    windowMs,
    failurePercent,
    answerTimeoutMs,
    retriesMax,
  };
}

/** What was tuned, with null for what is the environment's. */
export function tunedOf(wanted: WantedBreaker | undefined): TunedSettings {
  return {
    failureThreshold: wanted?.failureThreshold ?? null,
    resetTimeoutMs: wanted?.resetTimeoutMs ?? null,
    halfOpenSuccessCount: wanted?.halfOpenSuccessCount ?? null,
    windowMs: wanted?.windowMs ?? null,
    failurePercent: wanted?.failurePercent ?? null,
    answerTimeoutMs: wanted?.answerTimeoutMs ?? null,
    retriesMax: wanted?.retriesMax ?? null,
  };
}

/** The same wish with these settings; what is not named stays, and null goes back to the environment. */
export function withSettings(wanted: WantedBreaker, settings: Partial<TunedSettings>): WantedBreaker {
  const named = Object.entries(settings).filter(([, value]) => value !== undefined);
  return { ...wanted, ...Object.fromEntries(named.map(([setting, value]) => [setting, value ?? undefined])) };
}
