import { expect, it } from 'vitest';
import { Balancer, type Ejection, type Turn } from './balancer.ts';
import { EJECTION_MS } from './decide-ejection.ts';

const at = (id: string) => ({ id, address: `http://127.0.0.1:${id}` });

function balance(...ids: string[]) {
  const clock = { nowMs: 0 };
  const ejections: Ejection[] = [];
  const closed: string[] = [];
  const options = {
    service: 'orders',
    open: ({ id }: { id: string }) => id,
    close: (door: string) => void closed.push(door),
    now: () => clock.nowMs,
    onEjection: (ejection: Ejection) => void ejections.push(ejection),
  };
  return { balancer: new Balancer(options, ids.map(at)), clock, ejections, closed };
}
const idOf = ({ instance }: Turn<string>) => instance.id;
const done = (turn: Turn<string>) => {
  turn.succeed();
  turn.end();
  return turn.instance.id;
};

it('gives the next call to the instance with the fewest under way, and goes round among equals', () => {
  const { balancer } = balance('1', '2', '3');
  const held = [balancer.take(), balancer.take(), balancer.take()];
  expect(held.map(idOf).toSorted()).toEqual(['1', '2', '3']);
  held[1]!.end();
  expect(idOf(balancer.take())).toBe(held[1]!.instance.id);
  for (const turn of held) turn.end();
  const counts = new Map<string, number>();
  const { balancer: quiet } = balance('1', '2');
  for (let count = 0; count < 10; count++) {
    const id = done(quiet.take());
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  expect([...counts.values()]).toEqual([5, 5]);
});

it('takes one out that fails, tries it with one call when its time is over, and lets it back', () => {
  const { balancer, clock, ejections } = balance('1', '2');
  const bad = balancer.take();
  const gone = idOf(bad);
  expect(bad.fail('connect')).toEqual({ isOfService: false });
  bad.end();
  expect(ejections).toEqual([
    { service: 'orders', instance: gone, forMs: EJECTION_MS, reason: 'nobody listens there' },
  ]);
  for (let count = 0; count < 5; count++) expect(done(balancer.take())).not.toBe(gone);
  clock.nowMs = EJECTION_MS;
  const others = Array.from({ length: 4 }, () => balancer.take());
  expect(others.filter((turn) => idOf(turn) === gone)).toHaveLength(1);
  for (const turn of others) done(turn);
  expect(new Set(Array.from({ length: 4 }, () => done(balancer.take())))).toEqual(new Set(['1', '2']));
});

it('blames the service when the others fail as well, and keeps half of them whatever they do', () => {
  const { balancer, ejections } = balance('1', '2');
  const blamed = Array.from({ length: 8 }, () => {
    const turn = balancer.take();
    turn.end();
    return turn.fail('failure').isOfService;
  });
  expect(blamed).toEqual([false, true, true, true, true, true, true, true]);
  expect(ejections).toHaveLength(1);
  const { balancer: alone, ejections: none } = balance('1');
  expect(alone.take().fail('connect')).toEqual({ isOfService: true });
  expect(none).toEqual([]);
});

it('goes past those that were tried while there is another', () => {
  const { balancer } = balance('1', '2');
  for (let count = 0; count < 4; count++) expect(done(balancer.take(new Set(['1'])))).toBe('2');
  expect(balancer.hasOther(new Set(['1']))).toBe(true);
  expect(balancer.hasOther(new Set(['1', '2']))).toBe(false);
  expect(['1', '2']).toContain(done(balancer.take(new Set(['1', '2']))));
});

it('keeps what it knows of those who stay, and closes those who left', () => {
  const { balancer, closed, clock } = balance('1', '2');
  const bad = balancer.take(new Set(['2']));
  bad.fail('connect');
  bad.end();
  balancer.update([at('1'), at('3')]);
  expect(closed).toEqual(['2']);
  for (let count = 0; count < 3; count++) expect(done(balancer.take())).toBe('3');
  clock.nowMs = EJECTION_MS;
  // One that moved is another: nothing bad is known of it.
  balancer.update([{ id: '1', address: 'http://127.0.0.1:9' }]);
  expect(closed).toEqual(['2', '1', '3']);
  expect(done(balancer.take())).toBe('1');
});

it('says what to do when nobody is known', () => {
  expect(() => balance().balancer.take()).toThrow('ORDERS_URL');
});

it('counts a call once, however often its end is told', () => {
  const { balancer } = balance('1');
  const turn = balancer.take();
  turn.end();
  turn.end();
  turn.succeed();
  turn.fail('failure');
  expect(balancer.members[0]).toMatchObject({ outstanding: 0, memory: { failures: 0 } });
});
