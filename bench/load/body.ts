/** One request of a sender, used again and again with new ids, times and values. */
export interface LoadBody {
  path: string;
  headers: Record<string, string>;
  /** Spans, samples or log lines in it. */
  items: number;
  /** Makes it the request number `round` of its sender, with items of the last `spreadMs` before `nowMs`. */
  refresh: (round: number, nowMs: number) => Buffer;
}

export const OTLP_HEADERS = { 'content-type': 'application/x-protobuf' };

export type LoadKind = 'spans' | 'samples' | 'logs';
