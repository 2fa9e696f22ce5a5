import { describe, expect, it } from 'vitest';
import { createBroadcast, type Broadcast, type Delivered } from './broadcast.ts';
import type { LiveEvent } from './schema.ts';

const process = (name: string): LiveEvent => ({ kind: 'process', process: name, message: '' });
const tick = (nowMs: number): LiveEvent => ({ kind: 'tick', nowMs, newestSpanMs: 1, newestSampleMs: 1, storeUp: true });
const describeEvent = ({ event }: Delivered) =>
  event.kind === 'process' ? event.process : event.kind === 'tick' ? `tick ${event.nowMs}` : event.kind;

/** A reader that takes `count` events and leaves. */
async function take(broadcast: Broadcast, count: number, lastEventId: string | null = null) {
  const leave = new AbortController();
  const taken: Delivered[] = [];
  for await (const delivered of broadcast.subscribe(lastEventId, leave.signal)) {
    taken.push(delivered);
    if (taken.length === count) leave.abort();
  }
  return taken;
}

describe('broadcast', () => {
  it('gives every reader every event in order', async () => {
    const broadcast = createBroadcast('a');
    const readers = [take(broadcast, 3), take(broadcast, 3)];
    await Promise.resolve();
    for (const name of ['x', 'y', 'z']) broadcast.publish(process(name));
    for (const taken of await Promise.all(readers)) expect(taken.map(describeEvent)).toEqual(['x', 'y', 'z']);
    expect(broadcast.subscribers()).toBe(0);
  });

  it('resumes after the last event that a tab saw', async () => {
    const broadcast = createBroadcast('a');
    for (const name of ['x', 'y', 'z']) broadcast.publish(process(name));
    expect((await take(broadcast, 2, 'a-1')).map(describeEvent)).toEqual(['y', 'z']);
  });

  it('resumes from the id of a tick without repeating what came before it', async () => {
    const broadcast = createBroadcast('a');
    const reader = take(broadcast, 2);
    await Promise.resolve();
    broadcast.publish(process('x'));
    broadcast.publish(tick(1));
    const { id } = (await reader)[1]!;
    broadcast.publish(process('y'));
    expect((await take(broadcast, 1, id)).map(describeEvent)).toEqual(['y']);
  });

  it.each(['b-7', 'nonsense', 'a-x'])('tells everything it knows to a tab with the unknown id %s', async (id) => {
    const broadcast = createBroadcast('a');
    broadcast.publish(process('x'));
    broadcast.publish(process('y'));
    expect((await take(broadcast, 2, id)).map(describeEvent)).toEqual(['x', 'y']);
  });

  it('keeps the newest 500 for replay', async () => {
    const broadcast = createBroadcast('a');
    for (let index = 1; index <= 600; index += 1) broadcast.publish(process(String(index)));
    const reader = broadcast.subscribe('a-0', new AbortController().signal);
    expect(describeEvent((await reader.next()).value as Delivered)).toBe('101');
    await reader.return();
  });

  it('drops older ticks for a slow reader and cuts it off when it falls too far behind; others go on', async () => {
    const broadcast = createBroadcast('a');
    const slow = broadcast.subscribe(null, new AbortController().signal);
    const first = slow.next();
    broadcast.publish(process('first'));
    await first;
    for (let index = 0; index < 1_000; index += 1) broadcast.publish(tick(index));
    expect(describeEvent((await slow.next()).value as Delivered)).toBe('tick 999');
    for (let index = 0; index < 101; index += 1) broadcast.publish(process(String(index)));
    const rest: Delivered[] = [];
    for await (const delivered of slow) rest.push(delivered);
    expect(rest).toHaveLength(100);
    expect(broadcast.subscribers()).toBe(0);
    expect((await take(broadcast, 1, rest.at(-1)!.id)).map(describeEvent)).toEqual(['100']);
  });
});
