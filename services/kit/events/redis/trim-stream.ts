import type { RedisClientType } from '@redis/client';

/** A group that is new, or was away, finds at least these; memory is what they cost. */
const KEPT_MAX = 10_000;

/** Drops the oldest entries beyond `keptMax`, but none that a group has yet to read or to settle. */
export async function trimStream(client: RedisClientType, key: string, keptMax = KEPT_MAX): Promise<void> {
  if ((await client.xLen(key)) <= keptMax) return;
  const { length, 'last-generated-id': newest } = await client.xInfoStream(key);
  const excess = length - keptMax;
  // Without a bound everything would go.
  if (excess <= 0) return;
  let floor = newest;
  for (const group of await client.xInfoGroups(key)) {
    // Asked for after what was delivered last, so that what is delivered meanwhile lies behind both.
    const { firstId } = await client.xPending(key, group.name);
    floor = older(floor, firstId ?? group['last-delivered-id']);
  }
  await client.xTrim(key, 'MINID', floor, { strategyModifier: '~', LIMIT: excess });
}

function older(one: string, other: string): string {
  const [oneMs, oneCount] = parse(one);
  const [otherMs, otherCount] = parse(other);
  return oneMs < otherMs || (oneMs === otherMs && oneCount < otherCount) ? one : other;
}

function parse(id: string): [number, number] {
  const [ms = 0, count = 0] = id.split('-').map(Number);
  return [ms, count];
}
