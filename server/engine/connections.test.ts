import { setTimeout as sleep } from 'node:timers/promises';
import type { Session } from 'chdb';
import { describe, expect, test } from 'vitest';
import { createConnections } from './connections.ts';
import { parseRequest } from './parse-request.ts';

/** Sessions that note what they are asked, and refuse what they are told to. */
function openRecorded(refused = /^$/) {
  const sessions: { asked: string[]; closed: boolean }[] = [];
  const open = () => {
    const session = { asked: [] as string[], closed: false };
    sessions.push(session);
    return {
      queryAsync: async (sql: string) => {
        session.asked.push(sql);
        if (refused.test(sql)) throw new Error('refused');
      },
      close: () => void (session.closed = true),
    } as unknown as Session;
  };
  return { sessions, connections: createConnections(open) };
}

const ask = (url: string) => parseRequest(new URLSearchParams(url), {});

describe('createConnections', () => {
  test('one at a time serves one request after the other; two at once need two', async () => {
    const { sessions, connections } = openRecorded();
    for (let n = 0; n < 3; n += 1) await (await connections.take(ask('max_threads=1'), '')).keep();
    expect(sessions).toHaveLength(1);
    expect(sessions[0]!.asked.filter((sql) => sql.includes('max_threads'))).toHaveLength(1);
    const both = await Promise.all([connections.take(ask(''), ''), connections.take(ask(''), '')]);
    expect(sessions).toHaveLength(2);
    await Promise.all(both.map((connection) => connection.keep()));
  });

  test('one whose settings were refused is not used again', async () => {
    const { sessions, connections } = openRecorded(/nonsense/);
    await expect(connections.take(ask('nonsense=1'), '')).rejects.toThrow('refused');
    expect(sessions[0]!.closed).toBe(true);
    await (await connections.take(ask(''), '')).keep();
    expect(sessions).toHaveLength(2);
  });

  test('a cancelled query is killed until it has ended, by its own tag, and never after', async () => {
    const { sessions, connections } = openRecorded();
    const connection = await connections.take(ask(''), '');
    const tag = /query_cache_tag = '(\d+)'/.exec(sessions[0]!.asked[0]!)![1];
    connection.cancel();
    connection.cancel();
    await sleep(130);
    await connection.keep();
    const kills = [...sessions[1]!.asked];
    expect(kills.length).toBeGreaterThanOrEqual(2);
    expect(kills.length).toBeLessThanOrEqual(4);
    for (const sql of kills) expect(sql).toBe(`KILL QUERY WHERE Settings['query_cache_tag'] = '${tag}' ASYNC`);
    await sleep(80);
    expect(sessions[1]!.asked).toEqual(kills);
  });
});
