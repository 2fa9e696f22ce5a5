const UNITS = { us: 0.001, µs: 0.001, ms: 1, s: 1000, m: 60_000, min: 60_000 } as const;

/** Reads "250", "250 ms", "1.5s" or "80 µs" as milliseconds; null when it is none of these. */
export function parseDurationText(text: string): number | null {
  const match = /^\s*(\d+(?:[.,]\d+)?)\s*(us|µs|ms|s|m|min)?\s*$/i.exec(text);
  if (!match) return null;
  const unit = (match[2]?.toLowerCase() ?? 'ms') as keyof typeof UNITS;
  return Number((Number(match[1]?.replace(',', '.')) * UNITS[unit]).toPrecision(12));
}
