import type { Store } from './client.ts';

type Where = Pick<Store, 'database' | 'cluster'>;

/** The database that holds the rows: on a cluster every shard has its own, and `database` reaches over all of them. */
export function shardsDatabase({ database, cluster }: Where): string {
  return cluster === undefined ? database : `${database}_shard`;
}

export function onCluster({ cluster }: Pick<Where, 'cluster'>): string {
  return cluster === undefined ? '' : `ON CLUSTER '${cluster}'`;
}

/** A table of the system as a whole: of a cluster, what one replica of each shard says. */
export function systemTable({ cluster }: Pick<Where, 'cluster'>, name: 'parts' | 'disks'): string {
  return cluster === undefined ? `system.${name}` : `cluster('${cluster}', system.${name})`;
}
