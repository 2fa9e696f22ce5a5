import { expect, test, vi } from 'vitest';
import { watchDependency } from './watch-dependency.ts';

function watched() {
  const asked: PromiseWithResolvers<string | null>[] = [];
  const check = () => {
    const answer = Promise.withResolvers<string | null>();
    asked.push(answer);
    return answer.promise;
  };
  return { asked, ask: watchDependency({ name: 'redis', kind: 'cache', check }) };
}

test('many who ask at once ask the dependency once, and hear how long it took', async () => {
  const { asked, ask } = watched();
  const answers = [ask(), ask(), ask()];
  asked[0]?.resolve(null);
  for (const health of await Promise.all(answers)) {
    expect(health).toMatchObject({ name: 'redis', kind: 'cache', status: 'ok' });
    expect(health.latencyMs).toBeGreaterThanOrEqual(0);
  }
  await ask();
  expect(asked).toHaveLength(1);
});

test('one that hangs is late, and holds nobody up; what came of it is told from then on', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  try {
    const { asked, ask } = watched();
    const first = ask();
    await vi.advanceTimersByTimeAsync(80);
    expect(await first).toMatchObject({ status: 'late', latencyMs: 80, reason: 'no answer within 80 ms' });
    const second = ask();
    asked[0]?.resolve('it does not answer');
    expect(await second).toMatchObject({ status: 'away', reason: 'it does not answer' });
    await vi.advanceTimersByTimeAsync(1_001);
    const third = ask();
    await vi.advanceTimersByTimeAsync(80);
    expect(await third).toMatchObject({ status: 'away', reason: 'it does not answer' });
    expect(asked).toHaveLength(2);
  } finally {
    vi.useRealTimers();
  }
});

test('a check that fails says why', async () => {
  const { asked, ask } = watched();
  const answer = ask();
  asked[0]?.reject(new Error('connect ECONNREFUSED'));
  expect(await answer).toMatchObject({ status: 'away', reason: 'connect ECONNREFUSED' });
});
