import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { toReadHistogram, type ReadHistogram } from '#server/decode/testing/read-histograms.ts';
import { readPayload, type Row } from '#server/decode/testing/read-rows.ts';
import { joinSamples, type ReadSample } from '#server/decode/testing/read-samples.ts';
import { createLog } from '#server/log.ts';
import type { TableName } from '#server/store/tables.ts';
import { openWal, type Wal } from '#server/wal/open-wal.ts';

export interface StoreDouble {
  wal: Wal;
  rows: (table: TableName) => Row[];
  samples: () => ReadSample[];
  histograms: () => ReadHistogram[];
  close: () => Promise<void>;
}

/** A real write-ahead log in a folder of its own whose inserts are kept in memory, read back by the schema's column types. */
export function openStoreDouble(): StoreDouble {
  const dir = mkdtempSync(path.join(tmpdir(), 'switchyard-door-'));
  const inserted = new Map<TableName, Row[]>();
  const rows = (table: TableName) => inserted.get(table) ?? [];
  const wal = openWal({
    dir,
    log: createLog('test', 'silent'),
    insert: async (table, payload) => void inserted.set(table, [...rows(table), ...readPayload(table, payload)]),
  });
  return {
    wal,
    rows,
    samples: () => joinSamples(rows('series'), rows('samples')),
    histograms: () => rows('histograms').map(toReadHistogram),
    close: async () => {
      await wal.close(1_000);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
