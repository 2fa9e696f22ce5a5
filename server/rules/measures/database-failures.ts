import { readDatabaseFailures } from '#server/store/queries/database-failures.ts';
import type { Measure } from './measure.ts';

export const databaseFailures: Measure = {
  wokenBy: null,
  read: async ({ store, atMs }) => {
    const counts = await readDatabaseFailures(store, atMs);
    return counts.map(({ service, failures }) => ({ labels: { service }, value: failures }));
  },
};
