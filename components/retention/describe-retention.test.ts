import { describe, expect, test } from 'vitest';
import type { KeptSignal, RetentionReport } from '#server/retention/schema.ts';
import { describePreview, describeRoom, formatDays } from './describe-retention.ts';

const MIB = 1024 ** 2;
const held = { rows: 1_204_000, bytes: 70 * MIB };

describe('describePreview', () => {
  const preview = { deleted: { rows: 0, bytes: 0 }, bytesWhenFull: 300 * MIB, freeBytes: 1024 * MIB };

  test('says what is deleted, of how much', () => {
    const deleted = { rows: 344_000, bytes: 20 * MIB };
    expect(describePreview('traces', 5, { ...preview, deleted, bytesWhenFull: 50 * MIB }, held)).toEqual([
      'Deletes 344\u202f000 of 1\u202f204\u202f000 spans (20 MiB) within a minute, for good.',
      'At 10 MiB a day it comes to 50 MiB.',
    ]);
  });
  test('a longer time deletes nothing and needs room', () => {
    expect(describePreview('logs', 30, preview, held)).toEqual([
      'Deletes nothing that is held now.',
      'At 10 MiB a day it comes to 300 MiB. 1 GiB are free.',
    ]);
    expect(describePreview('logs', 30, { ...preview, freeBytes: 100 * MIB }, held)[1]).toBe(
      'At 10 MiB a day it comes to 300 MiB. That is more than there is: 100 MiB are free.',
    );
  });
  test('without a pace nothing is foretold', () => {
    expect(describePreview('logs', 30, { ...preview, bytesWhenFull: null }, held)[1]).toContain('not known yet');
  });
});

const kept = (days: number, bytesADay: number | null, bytes: number) =>
  ({ days, bytesADay, held: { rows: 1, bytes } }) as KeptSignal;
const room = (freeBytes: number, ...signals: KeptSignal[]) =>
  describeRoom({ atMs: 0, totalBytes: 1e12, freeBytes, signals } satisfies RetentionReport);

test('describeRoom adds up what a day takes, warns when the disk will fill, and guesses nothing', () => {
  const traces = kept(7, 10 * MIB, 20 * MIB);
  expect(room(50 * MIB, traces, kept(7, null, 0))).toEqual({
    text: '10 MiB a day lately, 70 MiB once full; 20 MiB held, 50 MiB free',
    fits: true,
  });
  expect(room(49 * MIB, traces).fits).toBe(false);
  expect(room(49 * MIB, traces, kept(30, null, MIB)).text).toBe(
    '21 MiB held, 49 MiB free; what a day takes is known after an hour',
  );
});

test('days are counted', () => {
  expect([1, 7, 1_000].map(formatDays)).toEqual(['1 day', '7 days', '1\u202f000 days']);
});
