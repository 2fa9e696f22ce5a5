import type { ReplayedTier } from '#server/limits/schema.ts';

/** What is chosen, over what is in force: nothing is there of what stays. */
export type ChosenLimits = Record<string, { quota?: number; windowMs?: number }>;

export const QUOTA_MAX = 1_000_000;
export const WINDOW_S = { min: 0.1, max: 86_400 } as const;

export type LimitsDraft = Record<string, { quota: string; windowS: string }>;

/** The fields as they are first shown: what is chosen, or else what is in force. */
export function draftOf(tiers: readonly ReplayedTier[], chosen: ChosenLimits): LimitsDraft {
  return Object.fromEntries(
    tiers.map(({ name, quota, windowMs }) => [
      name,
      {
        quota: String(chosen[name]?.quota ?? quota),
        windowS: String((chosen[name]?.windowMs ?? windowMs) / 1_000),
      },
    ]),
  );
}

/** What differs from what is in force; an empty field stays. */
export function readDraft(tiers: readonly ReplayedTier[], draft: LimitsDraft): ChosenLimits {
  return Object.fromEntries(
    tiers.flatMap(({ name, quota, windowMs }) => {
      const chosenQuota = numberIn(draft[name]?.quota, 1, QUOTA_MAX, 1);
      const chosenWindowMs = numberIn(draft[name]?.windowS, WINDOW_S.min, WINDOW_S.max, 1_000);
      const changed = {
        ...(chosenQuota !== null && chosenQuota !== quota && { quota: chosenQuota }),
        ...(chosenWindowMs !== null && chosenWindowMs !== windowMs && { windowMs: chosenWindowMs }),
      };
      return Object.keys(changed).length === 0 ? [] : [[name, changed]];
    }),
  );
}

/** The choice as one word of an address: "short.quota.40,long.windowMs.30000". */
export function writeChoice(chosen: ChosenLimits): string | null {
  const parts = Object.entries(chosen).flatMap(([name, limits]) =>
    Object.entries(limits).map(([what, value]) => `${name}.${what}.${value}`),
  );
  return parts.length === 0 ? null : parts.join(',');
}

/** What of an address can be read; it may be typed by hand. */
export function readChoice(text: string | null): ChosenLimits {
  const chosen: ChosenLimits = {};
  for (const part of (text ?? '').split(',')) {
    const [, name, what, digits] = /^([\w-]{1,50})\.(quota|windowMs)\.(\d{1,9})$/.exec(part) ?? [];
    if (name === undefined) continue;
    const isQuota = what === 'quota';
    const value = isQuota
      ? numberIn(digits, 1, QUOTA_MAX, 1)!
      : numberIn(digits, WINDOW_S.min * 1_000, WINDOW_S.max * 1_000, 1)!;
    chosen[name] = { ...chosen[name], [isQuota ? 'quota' : 'windowMs']: value };
  }
  return chosen;
}

function numberIn(text: string | undefined, min: number, max: number, factor: number): number | null {
  const value = Number(text);
  if (!text?.trim() || !Number.isFinite(value)) return null;
  return Math.round(Math.min(max, Math.max(min, value)) * factor);
}
