import type { ServiceCalls } from '#server/store/queries/service-calls.ts';

type Database = Pick<ServiceCalls, 'dbSystem' | 'dbNamespace'>;

/**
 * Names databases as briefly as tells them apart: by their namespace, and by the system too where two systems have the same
 * or the namespace says nothing, as Redis' number.
 */
export function createDatabaseNaming(databases: readonly Database[]): (database: Database) => string {
  const systems = Map.groupBy(databases, readNamespace);
  return (database) => {
    const namespace = readNamespace(database);
    if (namespace === '') return database.dbSystem;
    const isShared = systems.get(namespace)?.some(({ dbSystem }) => dbSystem !== database.dbSystem) ?? false;
    return isShared || !/\p{L}/u.test(namespace) ? `${database.dbSystem}/${namespace}` : namespace;
  };
}

/** PostgreSQL's namespace is `database|schema` (OpenTelemetry); people write it with a dot. */
function readNamespace({ dbSystem, dbNamespace }: Database): string {
  return dbSystem === '' ? '' : dbNamespace.split('|').filter(Boolean).join('.');
}
