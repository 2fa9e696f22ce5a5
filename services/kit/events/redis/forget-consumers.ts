import type { RedisClientType } from '@redis/client';
import { streamOf, type Reader } from './stream.ts';

/** Who lives asks several times a second. */
const DEAD_AFTER_MS = 3_600_000;

/** Takes out of the group who reads no more and owes nothing: this reader when it `isLeaving`, and who is dead. */
export async function forgetConsumers(
  client: RedisClientType,
  names: readonly string[],
  { group, consumer }: Reader,
  isLeaving: boolean,
): Promise<void> {
  for (const key of names.map(streamOf))
    for (const { name, pending, idle } of await client.xInfoConsumers(key, group)) {
      const isGone = name === consumer ? isLeaving : idle > DEAD_AFTER_MS;
      // What it owes is lost with it, so it goes when others have taken that over.
      if (isGone && pending === 0) await client.xGroupDelConsumer(key, group, name);
    }
}
