import { expect, test } from 'vitest';
import { createGate } from './gate.ts';

test('lets in as many as may run, the others in their order, and refuses beyond the queue', async () => {
  const gate = createGate(2, 2);
  const order: string[] = [];
  const leaveFirst = await gate.enter();
  const leaveSecond = await gate.enter();
  const third = gate.enter().then((leave) => (order.push('third'), leave));
  const fourth = gate.enter().then((leave) => (order.push('fourth'), leave));
  await expect(gate.enter()).rejects.toMatchObject({ code: 202 });
  leaveFirst();
  await third;
  expect(order).toEqual(['third']);
  leaveSecond();
  await fourth;
  expect(order).toEqual(['third', 'fourth']);
});

test('leaving twice frees one place, not two', async () => {
  const gate = createGate(1, 0);
  const leave = await gate.enter();
  leave();
  leave();
  await gate.enter();
  await expect(gate.enter()).rejects.toMatchObject({ code: 202 });
});
