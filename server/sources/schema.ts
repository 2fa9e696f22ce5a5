/** One service.name, or the job of a scrape, as something that sends. */
export interface Source {
  service: string;
  spansPerS: number;
  logsPerS: number;
  samplesPerS: number;
  series: number;
  lastSeenMs: number;
}

export interface Refused {
  source: string;
  signal: string;
  reason: string;
  /** Spans, points, records and samples; or requests that nobody looked into. */
  what: 'items' | 'requests';
  /** In the last hour. */
  lastHour: number;
  /** Since the collectors started. */
  total: number;
}

/** What became of items that are sent on to another system. */
export interface Forwarded {
  destination: string;
  signal: string;
  /** In the last hour, like the others. */
  sent: number;
  /** Refused by the destination for good. */
  failed: number;
  /** Not kept for it, because it was away for too long. */
  dropped: number;
}

export interface StoredTable {
  table: string;
  rows: number;
  bytes: number;
  uncompressedBytes: number;
}

/** What one of our own processes takes. */
export interface OwnCost {
  job: string;
  instance: string;
  residentBytes: number | null;
  /** Seconds of processor a second. */
  cpuShare: number | null;
  /** How many samples each scrape of it brings. */
  samplesPerScrape: number | null;
}

export interface SourcesReport {
  atMs: number;
  /** Rates are over this newest stretch. */
  windowMs: number;
  sources: Source[];
  refused: Refused[];
  forwarded: Forwarded[];
  /** Bytes that wait for each destination. */
  forwardWaiting: { destination: string; bytes: number }[];
  /** Null when no collector was scraped lately. */
  walBytes: number | null;
  walSegments: number | null;
  tables: StoredTable[];
  own: OwnCost[];
}
