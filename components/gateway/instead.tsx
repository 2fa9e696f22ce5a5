/** What it would be as started, where that is something else. */
export function Instead({ of, than }: { of: string; than: string }) {
  return of === than ? null : <span className="block text-2xs text-ink-faint">instead of {of}</span>;
}
