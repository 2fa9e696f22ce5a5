import { ITEMS_PER_BATCH, type CrashKind } from '../load/crash-bodies.ts';
import { ask } from './ask.ts';

export interface Kept {
  /** Items that were acknowledged and are not there. */
  lost: number;
  /** Items beyond the first of each number. */
  duplicated: number;
  /** Spans that the rollups miss or count twice, against the raw table. */
  rollupLost: number;
  rollupDuplicated: number;
  /** In the store though their request was never answered: allowed, a sender could not know. */
  unacknowledged: number;
}

/** The number of each stored item. */
const NUMBERS: Record<CrashKind, string> = {
  spans: `SELECT reinterpretAsUInt64(span_id) - 1 AS number FROM spans WHERE service_name = 'crash'`,
  logs: `SELECT toUInt64(body) AS number FROM logs WHERE service_name = 'crash'`,
  samples: `SELECT toUInt64(value) AS number FROM samples WHERE metric_name = 'crash_number'`,
};

export async function countKept(engineUrl: string, kind: CrashKind, acked: ReadonlySet<number>): Promise<Kept> {
  const batches = await ask<{ batch: number; items: number; numbers: number }>(
    engineUrl,
    `SELECT intDiv(number, ${ITEMS_PER_BATCH}) AS batch, count() AS items, uniqExact(number) AS numbers
      FROM (${NUMBERS[kind]}) GROUP BY batch`,
  );
  const kept = { lost: acked.size * ITEMS_PER_BATCH, duplicated: 0, unacknowledged: 0 };
  for (const { batch, items, numbers } of batches) {
    if (acked.has(batch)) kept.lost -= numbers;
    else kept.unacknowledged += numbers;
    kept.duplicated += items - numbers;
  }
  const rollups = kind === 'spans' ? await countRollups(engineUrl) : { rollupLost: 0, rollupDuplicated: 0 };
  return { ...kept, ...rollups };
}

/** Each minute of each operation and of the service in the rollups against the raw rows, the hours in sum, and the traces of the index against theirs. */
async function countRollups(engineUrl: string): Promise<{ rollupLost: number; rollupDuplicated: number }> {
  const [red] = await ask<{ lost: number; twice: number }>(
    engineUrl,
    `SELECT sum(greatest(difference, 0)) AS lost, sum(greatest(-difference, 0)) AS twice FROM (
      SELECT sum(items) AS difference FROM (
        SELECT toStartOfMinute(toDateTime(timestamp, 'UTC')) AS minute, name, toInt64(count()) AS items
        FROM spans WHERE service_name = 'crash' GROUP BY minute, name
        UNION ALL
        SELECT minute, name, -toInt64(sum(count)) AS items
        FROM red_1m WHERE service_name = 'crash' GROUP BY minute, name
      ) GROUP BY minute, name)`,
  );
  const [hours] = await ask<{ difference: number }>(
    engineUrl,
    `SELECT toInt64((SELECT count() FROM spans WHERE service_name = 'crash'))
      - toInt64((SELECT sum(count) FROM red_1h WHERE service_name = 'crash')) AS difference`,
  );
  const [services] = await ask<{ lost: number; twice: number }>(
    engineUrl,
    `SELECT sum(greatest(difference, 0)) AS lost, sum(greatest(-difference, 0)) AS twice FROM (
      SELECT sum(items) AS difference FROM (
        SELECT toStartOfFiveMinutes(toDateTime(timestamp, 'UTC')) AS slot, toInt64(count()) AS items
        FROM spans WHERE service_name = 'crash' GROUP BY slot
        UNION ALL
        SELECT slot, -toInt64(sum(count)) AS items FROM red_service_5m WHERE service_name = 'crash' GROUP BY slot
      ) GROUP BY slot)`,
  );
  const [index] = await ask<{ missing: number; extra: number }>(
    engineUrl,
    `SELECT
      (SELECT count() FROM (SELECT DISTINCT trace_id FROM spans WHERE service_name = 'crash') WHERE cityHash64(trace_id) NOT IN (SELECT trace_hash FROM trace_times)) AS missing,
      (SELECT count() FROM (SELECT DISTINCT trace_hash FROM trace_times) WHERE trace_hash NOT IN (SELECT cityHash64(trace_id) FROM spans)) AS extra`,
  );
  return {
    rollupLost: red!.lost + services!.lost + index!.missing + Math.max(hours!.difference, 0),
    rollupDuplicated: red!.twice + services!.twice + index!.extra + Math.max(-hours!.difference, 0),
  };
}
