import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ClickHouseError } from '@clickhouse/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '#server/errors.ts';
import { createLog } from '#server/log.ts';
import type { TableName } from '#server/store/tables.ts';
import { openWal, type Wal, type WalOptions } from './open-wal.ts';
import { encodeHeader } from './segment-format.ts';

const log = createLog('test', 'silent');
let dir: string;
let wal: Wal | undefined;
let inserted: { table: TableName; text: string; token: string }[];

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'switchyard-wal-'));
  inserted = [];
});
afterEach(async () => {
  vi.useRealTimers();
  await wal?.close(0);
  wal = undefined;
  rmSync(dir, { recursive: true, force: true });
});

function open(options: Partial<WalOptions> = {}): Wal {
  wal = openWal({
    dir,
    log,
    insert: async (table, payload, token) =>
      void inserted.push({ table, text: Buffer.from(payload).toString(), token }),
    ...options,
  });
  return wal;
}

const rowsOf = (text: string) => [{ rows: 1, bytes: Buffer.from(text) }];
const segments = () => readdirSync(dir).filter((name) => name.endsWith('.seg'));
const away = () => new AppError('UNAVAILABLE', 'the store is away');
const badData = () =>
  new AppError('INTERNAL', 'refused', {
    cause: new ClickHouseError({ message: 'Cannot read all data', code: '33', type: 'CANNOT_READ_ALL_DATA' }),
  });

describe('openWal', () => {
  it('has rows on the disk when append returns, in the store soon after, and then no file any more', async () => {
    const { append, usage } = open();
    const { stored } = await append('spans', rowsOf('a'));
    expect(segments()).toHaveLength(1);
    expect(inserted).toEqual([]);
    expect(usage().bytes).toBeGreaterThan(0);
    expect(await stored).toBe(true);
    expect(inserted).toMatchObject([{ table: 'spans', text: 'a' }]);
    expect(segments()).toEqual([]);
    expect(usage()).toEqual({ bytes: 0, segments: 0, waitingBytes: 0 });
  });

  it('gathers what arrives within its age in one insert, whose token is the name of the segment', async () => {
    const { append } = open();
    const all = await Promise.all(Array.from({ length: 50 }, (_, n) => append('logs', rowsOf(`${n} `))));
    const [name] = segments();
    await Promise.all(all.map(({ stored }) => stored));
    expect(inserted).toEqual([
      { table: 'logs', text: Array.from({ length: 50 }, (_, n) => `${n} `).join(''), token: name!.replace('.seg', '') },
    ]);
  });

  it('inserts urgent rows at once, and with them what waits before them', async () => {
    // The time after which rows go by themselves never comes.
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const { append } = open();
    await append('circuit_transitions', rowsOf('waiting '));
    const { stored } = await append('circuit_transitions', rowsOf('urgent'), { urgent: true });
    await stored;
    expect(inserted).toMatchObject([{ text: 'waiting urgent' }]);
  });

  it('cuts segments by size', async () => {
    const { append } = open();
    const chunk = { rows: 1, bytes: Buffer.alloc(3 * 1024 ** 2, 1) };
    const { stored } = await append(
      'spans',
      Array.from({ length: 14 }, () => chunk),
    );
    await stored;
    expect(inserted.length).toBeGreaterThan(1);
    expect(Math.max(...inserted.map(({ text }) => text.length))).toBeLessThan(24 * 1024 ** 2);
    expect(inserted.reduce((sum, { text }) => sum + text.length, 0)).toBe(14 * chunk.bytes.length);
  });

  it('keeps segments while the store is away, in few files, and sends them when it is back', async () => {
    let isAway = true;
    const tokens: string[] = [];
    const { append, usage } = open({
      insert: async (_table, payload, token) => {
        tokens.push(token);
        if (isAway) throw away();
        inserted.push({ table: 'spans', text: Buffer.from(payload).toString(), token });
      },
    });
    const storeds: Promise<boolean>[] = [];
    for (let n = 0; n < 30; n++) {
      storeds.push((await append('spans', rowsOf(`${n} `))).stored);
      await sleep(50);
    }
    expect(segments()).toHaveLength(2);
    expect(usage().segments).toBe(1);
    isAway = false;
    expect(await Promise.all(storeds)).toEqual(storeds.map(() => true));
    expect(inserted.map(({ text }) => text).join('')).toBe(Array.from({ length: 30 }, (_, n) => `${n} `).join(''));
    // The same token every time, or the store could not know that it has the rows already.
    expect(new Set(tokens).size).toBe(2);
    expect(tokens.length).toBeGreaterThan(3);
  });

  it('sends what an earlier process left, and nothing twice', async () => {
    const first = open({ insert: () => Promise.reject(away()) });
    await first.append('spans', rowsOf('left'));
    await first.append('logs', rowsOf('behind'));
    await first.close(0);
    expect(segments()).toHaveLength(2);
    open();
    await vi.waitFor(() => expect(segments()).toEqual([]), 20_000);
    expect(inserted.map(({ table, text }) => `${table} ${text}`).toSorted()).toEqual(['logs behind', 'spans left']);
  });

  it('puts aside what the store refuses for good, tells so, and goes on with the next', async () => {
    const failures: string[] = [];
    const { append } = open({
      insert: async (table, payload, token) => {
        if (payload[0] === 0x62) throw badData();
        inserted.push({ table, text: Buffer.from(payload).toString(), token });
      },
      onFailed: (_table, verdict) => failures.push(verdict),
    });
    const bad = await append('spans', rowsOf('bad'), { urgent: true });
    const good = await append('spans', rowsOf('good'), { urgent: true });
    expect(await bad.stored).toBe(false);
    expect(await good.stored).toBe(true);
    expect(readdirSync(path.join(dir, 'rejected'))).toHaveLength(1);
    expect(failures).toEqual(['refused', 'kept_aside']);
    expect(segments()).toEqual([]);
  });

  it('is not held up by a segment that fails for a reason of its own', async () => {
    const { append } = open({
      insert: async (table, payload, token) => {
        if (payload[0] === 0x70) throw new AppError('INTERNAL', 'a bug of the store');
        inserted.push({ table, text: Buffer.from(payload).toString(), token });
      },
    });
    await append('spans', rowsOf('poison'), { urgent: true });
    const { stored } = await append('spans', rowsOf('good'), { urgent: true });
    expect(await stored).toBe(true);
    expect(segments()).toHaveLength(1);
  });

  it('puts aside a leftover that is no segment of this version', async () => {
    mkdirSync(dir, { recursive: true });
    writeFileSync(path.join(dir, 'spans.1.x.seg'), 'not a segment at all');
    writeFileSync(path.join(dir, 'logs.1.x.seg'), encodeHeader('logs').subarray(0, 30));
    open();
    await vi.waitFor(() => expect(segments()).toEqual([]), 20_000);
    expect(readdirSync(path.join(dir, 'rejected'))).toEqual(['spans.1.x.seg']);
    expect(inserted).toEqual([]);
  });

  it('refuses rows over its bound, and takes them again when the store has caught up', async () => {
    let isAway = true;
    const { append } = open({
      diskBytesMax: 10_000,
      insert: async () => (isAway ? Promise.reject(away()) : undefined),
    });
    const { stored } = await append('spans', rowsOf('x'.repeat(11_000)));
    await expect(append('logs', rowsOf('more'))).rejects.toMatchObject({ code: 'UNAVAILABLE', reason: 'store_behind' });
    isAway = false;
    await stored;
    await append('logs', rowsOf('more'));
  });

  it('refuses rows that it cannot write, and recovers by itself', async () => {
    const { append } = open();
    renameSync(dir, `${dir}-gone`);
    await expect(append('spans', rowsOf('lost'))).rejects.toMatchObject({ reason: 'disk_failing' });
    renameSync(`${dir}-gone`, dir);
    const { stored } = await append('spans', rowsOf('kept'));
    await stored;
    expect(inserted).toMatchObject([{ text: 'kept' }]);
  });

  it('belongs to one process', async () => {
    open();
    const holder = execFileSync('sh', ['-c', 'sleep 30 >/dev/null 2>&1 & echo $!'], { encoding: 'utf8' }).trim();
    try {
      writeFileSync(path.join(dir, 'lock'), JSON.stringify({ pid: Number(holder), command: 'sleep 30' }));
      expect(() => openWal({ dir, log, insert: async () => {} })).toThrow(`process ${holder}`);
      // The same process id, but another program since.
      writeFileSync(path.join(dir, 'lock'), JSON.stringify({ pid: Number(holder), command: 'node collector.ts' }));
      const taken = openWal({ dir, log, insert: async () => {} });
      await taken.close(0);
    } finally {
      process.kill(Number(holder));
    }
  });

  it('takes nothing while it closes', async () => {
    const { append, close } = open();
    const closed = close(1_000);
    await expect(append('spans', rowsOf('late'))).rejects.toMatchObject({ reason: 'stopping' });
    await closed;
  });
});

describe.skipIf(!canMount())('on a full disk', () => {
  it('refuses clearly, keeps what it acknowledged, and recovers when there is space again', async () => {
    const disk = mkdtempSync(path.join(tmpdir(), 'switchyard-wal-full-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]);
    try {
      chmodSync(disk, 0o700);
      let isAway = true;
      const { append, close } = open({
        dir: disk,
        insert: async (table, payload, token) => {
          if (isAway) throw away();
          inserted.push({ table, text: Buffer.from(payload).toString(), token });
        },
      });
      const acknowledged: Promise<boolean>[] = [];
      const refused: unknown[] = [];
      for (let n = 0; n < 20; n++) {
        await append('spans', rowsOf(`${n}:${'x'.repeat(100_000)};`)).then(
          ({ stored }) => acknowledged.push(stored),
          (error: unknown) => refused.push(error),
        );
      }
      expect(acknowledged.length).toBeGreaterThan(5);
      expect(refused.length).toBeGreaterThan(5);
      for (const error of refused) expect(error).toMatchObject({ code: 'UNAVAILABLE', reason: 'disk_full' });
      isAway = false;
      await Promise.all(acknowledged);
      const rows = inserted.flatMap(({ text }) => text.split(';').filter(Boolean));
      expect(rows.map((row) => Number(row.split(':')[0]))).toEqual(acknowledged.map((_, n) => n));
      await (
        await append('spans', rowsOf('again'))
      ).stored;
      await close(1_000);
    } finally {
      execFileSync('umount', [disk]);
      rmSync(disk, { recursive: true, force: true });
    }
  });
});

/** A small file system of its own needs root. */
function canMount(): boolean {
  const probe = mkdtempSync(path.join(tmpdir(), 'switchyard-wal-probe-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', probe], { stdio: 'ignore' });
    execFileSync('umount', [probe]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(probe, { recursive: true, force: true });
  }
}
