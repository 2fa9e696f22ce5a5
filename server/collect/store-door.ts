import { ClickHouseError } from '@clickhouse/client';
import { AppError } from '#server/errors.ts';
import type { Store } from '#server/store/client.ts';
import { applySchema } from '#server/store/migrate.ts';
import type { Insert } from '#server/wal/lane.ts';

export interface StoreDoor {
  insert: Insert;
  /** Returns when the store answers and has its tables; throws when it does not. */
  open: () => Promise<void>;
}

/** The store may come later than the collector, and may be emptied meanwhile: its schema is applied before the first rows. */
export function createStoreDoor(store: Store): StoreDoor {
  let opened: Promise<void> | undefined;
  const open = async () => {
    opened ??= applySchema(store);
    const mine = opened;
    try {
      await mine;
    } catch (error) {
      if (opened === mine) opened = undefined;
      throw error;
    }
  };
  return {
    open,
    insert: async (table, payload, token) => {
      await open();
      try {
        await store.insertRowBinary(table, payload, token);
      } catch (error) {
        if (isTableMissing(error)) opened = undefined;
        throw error;
      }
    },
  };
}

function isTableMissing(error: unknown): boolean {
  const cause = error instanceof AppError ? error.cause : error;
  return cause instanceof ClickHouseError && (cause.type === 'UNKNOWN_TABLE' || cause.type === 'UNKNOWN_DATABASE');
}
