import { expect, test, vi } from 'vitest';
import { createPacer } from './pacer.ts';

test('one slot a turn, whoever waits longest first, and a new shopper for a slot that nobody wants', async () => {
  vi.useFakeTimers();
  try {
    const taken: string[] = [];
    let idle = 0;
    const pacer = createPacer(10, () => (idle += 1));
    void pacer.take().then(() => taken.push('first'));
    void pacer.take().then(() => taken.push('second'));
    await vi.advanceTimersByTimeAsync(100);
    expect(taken).toEqual(['first']);
    await vi.advanceTimersByTimeAsync(100);
    expect(taken).toEqual(['first', 'second']);
    expect(idle).toBe(0);
    await vi.advanceTimersByTimeAsync(200);
    expect(idle).toBe(2);
    pacer.pause(1_000);
    await vi.advanceTimersByTimeAsync(900);
    expect(idle).toBe(2);
    pacer.stop();
  } finally {
    vi.useRealTimers();
  }
});
