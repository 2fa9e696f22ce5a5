import { readdirSync, readFileSync } from 'node:fs';
import { createClient } from '@clickhouse/client';
import { expect, test } from './fixtures.ts';
import { startSwitchyard } from './start-switchyard.ts';

for (const name of ['engine', 'collector', 'postgres', 'orders'] as const) {
  test(`${name} is killed while the shopper shops: it comes back, and the console tells`, async ({
    page,
    switchyard,
  }) => {
    const killed = new RegExp(`${name} was killed by SIGKILL`);
    process.kill(findProcess(switchyard.pid, name), 'SIGKILL');
    await expect.poll(switchyard.output, { timeout: 30_000 }).toMatch(new RegExp(`${name} is back after`));
    expect(switchyard.output()).toMatch(killed);
    await page.goto('/');
    await expect(page.getByText(new RegExp(`${name} (was killed|is back|came back)`, 'i')).first()).toBeVisible();
  });
}

test('what was acknowledged before the engine and the collector were killed is there, once', async ({ switchyard }) => {
  const send = async (id: string) => {
    const span = {
      traceId: id.padStart(32, 'f'),
      spanId: id,
      name: 'kept',
      kind: 2,
      startTimeUnixNano: `${Date.now()}000000`,
      endTimeUnixNano: `${Date.now()}000000`,
    };
    const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'endurance' } }] };
    const response = await fetch(`${switchyard.otlpUrl}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }] }),
    });
    await response.body?.cancel();
    return response.ok;
  };
  const acknowledged: string[] = [];
  for (let index = 0; acknowledged.length < 200; index += 1) {
    if (index === 50) process.kill(findProcess(switchyard.pid, 'engine'), 'SIGKILL');
    if (index === 100) process.kill(findProcess(switchyard.pid, 'collector'), 'SIGKILL');
    const id = index.toString(16).padStart(16, 'e');
    // One that was not acknowledged may be stored or not: the next try is another span.
    if (await send(id).catch(() => false)) acknowledged.push(id);
    else await new Promise((resolve) => setTimeout(resolve, 50));
  }

  const engine = createClient({ url: switchyard.engineUrl, database: 'switchyard' });
  const stored = async () => {
    try {
      const answer = await engine.query({
        query: `SELECT lower(hex(span_id)) AS id FROM spans WHERE service_name = 'endurance'`,
        format: 'JSONEachRow',
      });
      return (await answer.json<{ id: string }>())
        .map(({ id }) => id)
        .filter((id) => acknowledged.includes(id))
        .toSorted();
    } catch {
      return [];
    }
  };
  await expect.poll(stored, { timeout: 60_000 }).toEqual(acknowledged.toSorted());
  await engine.close();
});

test('Ctrl-C stops all within ten seconds and leaves no process behind; a second start keeps the data', async () => {
  const lonely = await startSwitchyard({}, ['--no-fleet']);
  const children = childrenOf(lonely.pid);
  expect(children.length).toBeGreaterThanOrEqual(4);
  expect(await lonely.stop()).toBeLessThan(10_000);
  expect(children.filter((pid) => commandOf(pid) !== '')).toEqual([]);
});

function findProcess(supervisor: number, name: string): number {
  const marks: Record<string, string> = {
    postgres: 'bin/postgres',
    engine: 'server/engine.ts',
    collector: 'server/collector.ts',
  };
  const mark = marks[name];
  // Two instances of a service have the same command.
  const isIt = (child: number) =>
    mark === undefined
      ? environmentOf(child).includes(`SERVICE_INSTANCE_ID=${name}-1`)
      : commandOf(child).includes(mark);
  const pid = childrenOf(supervisor).find(isIt);
  if (!pid) throw new Error(`${name} does not run below ${supervisor}`);
  return pid;
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => parentOf(pid) === parent);
}

function parentOf(pid: number): number | null {
  try {
    // The command in parentheses may hold spaces; what follows its last one is state and parent.
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1]);
  } catch {
    return null;
  }
}

function environmentOf(pid: number): string[] {
  return readProc(pid, 'environ').split('\0');
}

function commandOf(pid: number): string {
  return readProc(pid, 'cmdline').replaceAll('\0', ' ');
}

function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
