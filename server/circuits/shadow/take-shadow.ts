import { AppError } from '#server/errors.ts';
import type { WantedBreaker } from '#server/gateway/document.ts';

type WantedShadow = NonNullable<WantedBreaker['shadow']>;

/** A breaker's wish without its shadow, and the settings of that; throws when the shadow is no longer the one that began then. */
export function takeShadow(
  wanted: WantedBreaker | undefined,
  sinceMs: number,
): { rest: WantedBreaker; settings: ShadowSettings } {
  const { shadow, ...rest } = wanted ?? { forced: null, note: '' };
  if (shadow?.sinceMs !== sinceMs)
    throw new AppError('CONFLICT', 'This shadow has been ended, or another has taken its place: look at it again.');
  return { rest, settings: settingsOfShadow(shadow) };
}

export type ShadowSettings = Omit<WantedShadow, 'reason' | 'by' | 'sinceMs'>;

export function settingsOfShadow({ reason: _reason, by: _by, sinceMs: _sinceMs, ...settings }: WantedShadow) {
  return settings;
}
