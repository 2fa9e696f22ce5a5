import { beforeEach, describe, expect, test } from 'vitest';
import type { Grid, VectorSeries } from '../evaluate/values.ts';
import { createSeries, timeAt } from '../evaluate/values.ts';
import { Labels } from '../labels/labels.ts';
import type { ArrivalsRead } from './arrivals.ts';
import { ResultCache, type Remembered } from './result-cache.ts';

const MINUTE = 60_000;
const BOUNDS = { bytesMax: 1e6, insertMsMax: 2 * MINUTE, settlingMs: 4 * MINUTE, checkedMsMax: 60 * MINUTE };
const A = Labels.from([['series', 'a']]);
const B = Labels.from([['series', 'b']]);
const signal = new AbortController().signal;

/** The store: its clock, what came in since when, and the value of each series at a step. */
let nowMs: number;
let arrivals: { atMs: number; oldestMs: number }[];
let valueOf: (labels: Labels, timeMs: number) => number | undefined;
let notesOf: (grid: Grid) => string[];
let mayBeKept: boolean;
/** Evaluated: first and last minute of each stretch. */
let worked: [number, number][];
let cache: ResultCache;

beforeEach(() => {
  nowMs = 1000 * MINUTE;
  arrivals = [];
  valueOf = (labels, timeMs) => timeMs / MINUTE + (labels === B ? 0.5 : 0);
  notesOf = () => [];
  mayBeKept = true;
  worked = [];
  cache = new ResultCache(readArrivals, BOUNDS);
});

async function readArrivals(sinceMs: number): Promise<ArrivalsRead> {
  const since = arrivals.filter(({ atMs }) => atMs >= sinceMs);
  return { storeMs: nowMs, oldestMs: Math.min(...since.map(({ oldestMs }) => oldestMs)) };
}

function evaluate(grid: Grid): VectorSeries[] {
  const rows = [A, B].map((labels) => {
    const row = createSeries(labels, grid.count);
    for (let step = 0; step < grid.count; step++) {
      const value = valueOf(labels, timeAt(grid, step));
      if (value === undefined) continue;
      row.values[step] = value;
      row.has[step] = 1;
    }
    return row;
  });
  return rows.filter(({ has }) => has.includes(1));
}

function minutes(from: number, until: number): Grid {
  return { startMs: from * MINUTE, stepMs: MINUTE, count: until - from + 1 };
}

function byKey(rows: VectorSeries[]) {
  return Object.fromEntries(rows.map((row) => [row.labels.key, row]));
}

/** Asks the cache, and compares with what a fresh evaluation gives. */
async function ask(from: number, until: number, { leadMs = 0, key = 'up' } = {}): Promise<Remembered> {
  const grid = minutes(from, until);
  const found = await cache.rows({ key, grid, leadMs, signal }, async (part, heard) => {
    worked.push([part.startMs / MINUTE, timeAt(part, part.count - 1) / MINUTE]);
    heard.hear(await readArrivals(heard.sinceMs));
    return { rows: evaluate(part), notes: notesOf(part), mayBeKept };
  });
  expect(byKey(found.rows)).toEqual(byKey(evaluate(grid)));
  return found;
}

describe('a window that moves on', () => {
  test('evaluates what had not settled, and what is new', async () => {
    await ask(900, 1000);
    nowMs += 2 * MINUTE;
    valueOf = (labels, timeMs) => (timeMs <= 996 * MINUTE ? timeMs / MINUTE + (labels === B ? 0.5 : 0) : 7);
    await ask(902, 1002);
    expect(worked).toEqual([
      [900, 1000],
      [997, 1002],
    ]);
  });

  test('evaluates nothing where all has settled', async () => {
    await ask(500, 600);
    await ask(510, 600);
    await ask(500, 590);
    expect(worked).toEqual([[500, 600]]);
  });

  test('knows fewer steps where a selector looks ahead, and more where it looks back', async () => {
    await ask(900, 1000, { leadMs: 10 * MINUTE, key: 'ahead' });
    await ask(900, 1000, { leadMs: 10 * MINUTE, key: 'ahead' });
    await ask(900, 1000, { leadMs: -3 * MINUTE, key: 'back' });
    await ask(900, 1000, { leadMs: -3 * MINUTE, key: 'back' });
    expect(worked).toEqual([
      [900, 1000],
      [987, 1000],
      [900, 1000],
      [1000, 1000],
    ]);
  });

  test('series come and go', async () => {
    valueOf = (labels, timeMs) =>
      labels === A && timeMs > 920 * MINUTE ? undefined : labels === B && timeMs < 998 * MINUTE ? undefined : 1;
    await ask(900, 1000);
    nowMs += 30 * MINUTE;
    const { rows } = await ask(930, 1030);
    expect(rows.map(({ labels }) => labels.key)).toEqual([B.key]);
  });

  test('that begins earlier, has other steps or another phase is evaluated as a whole', async () => {
    await ask(500, 600);
    await ask(499, 600);
    const between: Grid = { startMs: 550 * MINUTE + 1, stepMs: MINUTE, count: 30 };
    await cache.rows({ key: 'up', grid: between, leadMs: 0, signal }, async (part) => {
      worked.push([part.startMs, part.count]);
      return { rows: evaluate(part), notes: [], mayBeKept };
    });
    expect(worked).toEqual([
      [500, 600],
      [499, 600],
      [between.startMs, 30],
    ]);
  });

  test('asked for by two of different lengths, serves both', async () => {
    await ask(500, 600);
    await ask(530, 600);
    await ask(500, 600);
    expect(worked).toEqual([[500, 600]]);
  });
});

/** Samples come in now that are as old as this. */
function change(fromMinute: number): void {
  arrivals.push({ atMs: nowMs, oldestMs: fromMinute * MINUTE });
  const before = valueOf;
  valueOf = (labels, timeMs) => (timeMs >= fromMinute * MINUTE ? -1 : before(labels, timeMs));
}

describe('late samples', () => {
  test('are in the next answer', async () => {
    await ask(900, 1000);
    nowMs += MINUTE;
    change(950);
    await ask(901, 1001);
    expect(worked.slice(1)).toEqual([
      [997, 1001],
      [950, 996],
    ]);
  });

  test('of before the window make all of it anew', async () => {
    await ask(900, 1000);
    nowMs += MINUTE;
    change(100);
    await ask(901, 1001);
    expect(worked.slice(1)).toEqual([
      [997, 1001],
      [901, 996],
    ]);
  });

  test('that were stamped before the last question and seen after it count', async () => {
    await ask(900, 1000);
    nowMs -= MINUTE;
    change(950);
    nowMs += 2 * MINUTE;
    await ask(901, 1001);
    expect(worked.slice(1)).toEqual([
      [997, 1001],
      [950, 996],
    ]);
  });

  test('that the store no longer remembers may have come: all is evaluated', async () => {
    await ask(900, 1000);
    nowMs += 61 * MINUTE;
    valueOf = () => 3;
    await ask(900, 1000);
    expect(worked.slice(1)).toEqual([
      [997, 1000],
      [900, 996],
    ]);
  });
});

describe('what is said beside', () => {
  test('is said as long as a stretch that said it is in the window', async () => {
    notesOf = ({ count }) => (count > 60 ? ['long'] : ['short']);
    expect((await ask(900, 1000)).notes).toEqual(['long']);
    nowMs += 50 * MINUTE;
    expect((await ask(950, 1050)).notes.toSorted()).toEqual(['long', 'short']);
    notesOf = () => [];
    nowMs += 50 * MINUTE;
    expect((await ask(1001, 1100)).notes).toEqual(['short']);
  });
});

describe('room', () => {
  test('what was made of things that arrive unnoticed is not kept, nor what was there before', async () => {
    await ask(500, 600);
    mayBeKept = false;
    await ask(510, 610);
    worked = [];
    await ask(510, 610);
    expect(worked).toEqual([[510, 610]]);
    expect(cache.bytes).toBe(0);
  });

  test('what was asked for longest ago goes first', async () => {
    cache = new ResultCache(readArrivals, { ...BOUNDS, bytesMax: 20_000 });
    for (let key = 0; key < 6; key++) await ask(500, 600, { key: String(key) });
    expect(cache.bytes).toBeLessThanOrEqual(20_000);
    worked = [];
    await ask(500, 600, { key: '5' });
    expect(worked).toEqual([]);
    await ask(500, 600, { key: '0' });
    expect(worked).toEqual([[500, 600]]);
  });

  test('what takes most of it is not kept', async () => {
    cache = new ResultCache(readArrivals, { ...BOUNDS, bytesMax: 10_000 });
    await ask(500, 600);
    expect(cache.bytes).toBe(0);
  });

  test('a question that fails leaves what was known', async () => {
    await ask(500, 600);
    const failing = cache.rows({ key: 'up', grid: minutes(510, 610), leadMs: 0, signal }, () =>
      Promise.reject(new Error('no store')),
    );
    await expect(failing).rejects.toThrow('no store');
    worked = [];
    await ask(505, 600);
    expect(worked).toEqual([]);
  });
});
