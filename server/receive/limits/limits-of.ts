import type { Env } from '#server/env.ts';
import type { IngestLimits } from './budgets.ts';

export function limitsOf(env: Env): IngestLimits {
  return {
    sources: env.INGEST_MAX_SOURCES,
    series: env.INGEST_MAX_SERIES,
    seriesPerSource: env.INGEST_MAX_SERIES_PER_SOURCE,
    seriesPerJob: env.INGEST_MAX_SERIES_PER_JOB,
    labelsPerSeries: env.INGEST_MAX_LABELS_PER_SERIES,
    labelValueBytes: env.INGEST_MAX_LABEL_VALUE_BYTES,
    attributesPerRecord: env.INGEST_MAX_ATTRIBUTES_PER_RECORD,
    attributeValueBytes: env.INGEST_MAX_ATTRIBUTE_VALUE_BYTES,
    attributeKeysPerSource: env.INGEST_MAX_ATTRIBUTE_KEYS_PER_SOURCE,
  };
}
