import type { Db } from '#server/db.ts';
import type { CheckSeverity } from '#server/integrity/schema.ts';
import type { Store } from '#server/store/client.ts';

/** A labelled series at one moment. */
export interface MeasureSample {
  labels: Record<string, string>;
  value: number;
}

export interface MeasureSources {
  store: Store;
  db: Db;
  checks: readonly { name: string; severity: CheckSeverity }[];
  atMs: number;
}

export interface Measure {
  /** The hint on whose arrival rules of this measure are evaluated at once; the others wait for their interval. */
  wokenBy: 'circuit' | 'integrity' | null;
  /** Throws when it cannot be known: an empty answer means that there is nothing, and resolves alerts. */
  read: (sources: MeasureSources) => Promise<MeasureSample[]>;
}
