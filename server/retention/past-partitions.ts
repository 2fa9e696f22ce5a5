const DAY_MS = 86_400_000;

/** When the day (`20261121`) or month (`202611`) of a partition has ended; null for other partitions. */
export function partitionEndMs(id: string): number | null {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)?$/.exec(id) ?? [];
  if (year === undefined) return null;
  return day === undefined
    ? Date.UTC(Number(year), Number(month), 1)
    : Date.UTC(Number(year), Number(month) - 1, Number(day) + 1);
}

/** Whether all that a partition can hold is older than the limit: what is younger is never deleted with it. */
export function isPast(id: string, days: number, nowMs: number): boolean {
  const endMs = partitionEndMs(id);
  return endMs !== null && endMs <= nowMs - days * DAY_MS;
}
