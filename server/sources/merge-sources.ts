import type { SampleRate, SourceRate } from '#server/store/queries/source-rates.ts';
import type { Source } from './schema.ts';

interface Rates {
  spans: readonly SourceRate[];
  logs: readonly SourceRate[];
  samples: readonly SampleRate[];
  /** Who sent spans earlier, and may be silent now. */
  heard: readonly Omit<SourceRate, 'rows'>[];
}

/** One row a sender, by name, over all that it sends. Whoever went silent stays, with rates of zero. */
export function mergeSources({ spans, logs, samples, heard }: Rates, seconds: number): Source[] {
  const sources = new Map<string, Source>();
  const of = (service: string, newestMs: number): Source => {
    const source = sources.get(service) ?? {
      service,
      spansPerS: 0,
      logsPerS: 0,
      samplesPerS: 0,
      series: 0,
      lastSeenMs: newestMs,
    };
    source.lastSeenMs = Math.max(source.lastSeenMs, newestMs);
    sources.set(service, source);
    return source;
  };
  for (const { service, newestMs } of heard) of(service, newestMs);
  for (const { service, rows, newestMs } of spans) of(service, newestMs).spansPerS = rows / seconds;
  for (const { service, rows, newestMs } of logs) of(service, newestMs).logsPerS = rows / seconds;
  for (const { service, rows, series, newestMs } of samples)
    Object.assign(of(service, newestMs), { samplesPerS: rows / seconds, series });
  return [...sources.values()].toSorted((a, b) => a.service.localeCompare(b.service));
}
