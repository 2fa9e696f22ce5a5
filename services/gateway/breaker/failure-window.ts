/** Calls that ended within one tenth of the window. */
export interface WindowSlot {
  readonly startMs: number;
  readonly calls: number;
  readonly failures: number;
}

/** The window moves on in steps of a tenth: one number a call would grow with the traffic. */
const SLOTS = 10;

/** The window with one more call that ended, without what is older than it. */
export function addToWindow(
  slots: readonly WindowSlot[],
  { windowMs, isFailure, nowMs }: { windowMs: number; isFailure: boolean; nowMs: number },
): readonly WindowSlot[] {
  const slotMs = windowMs / SLOTS;
  const startMs = Math.floor(nowMs / slotMs) * slotMs;
  const last = slots.at(-1);
  const isSame = last !== undefined && last.startMs >= startMs;
  const before = isSame ? slots.slice(0, -1) : slots;
  const { calls, failures } = isSame ? last : { calls: 0, failures: 0 };
  return [
    ...before.filter((slot) => slot.startMs > startMs - windowMs),
    { startMs: isSame ? last.startMs : startMs, calls: calls + 1, failures: failures + Number(isFailure) },
  ];
}

export function sumWindow(slots: readonly WindowSlot[]): { calls: number; failures: number } {
  let calls = 0;
  let failures = 0;
  for (const slot of slots) {
    calls += slot.calls;
    failures += slot.failures;
  }
  return { calls, failures };
}
