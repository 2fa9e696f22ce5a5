import { describe, expect, it } from 'vitest';
import type { VersionAppearance } from '#server/store/queries/version-appearances.ts';
import { findDeploys, type ReportedDeploy } from './find-deploys.ts';

const MINUTE = 60_000;
const appears = (
  minute: number,
  version: string,
  lastMinute: number | null = null,
  service = 'payments',
): VersionAppearance => ({
  service,
  version,
  atMs: minute * MINUTE,
  lastSeenMs: lastMinute === null ? null : lastMinute * MINUTE,
});
const reports = (minute: number, version: string, service = 'payments'): ReportedDeploy => ({
  id: `${service} ${version}`,
  service,
  version,
  atMs: minute * MINUTE,
  url: null,
  by: 'ci',
});
const tell = (appearances: VersionAppearance[], reported: ReportedDeploy[] = []) =>
  findDeploys(appearances, reported).map(
    ({ atMs, service, previousVersion, version, source }) =>
      `${atMs / MINUTE} ${service} ${previousVersion} → ${version}, ${source}`,
  );

describe('findDeploys', () => {
  it('takes a version that came up beside another for a deploy, the first version for none', () => {
    expect(tell([appears(0, '1.0'), appears(100, '1.1')])).toEqual(['100 payments 1.0 → 1.1, seen']);
    expect(tell([appears(0, '1.0')])).toEqual([]);
  });

  it('sees a version that comes back as rolled back', () => {
    expect(tell([appears(0, '1.0'), appears(100, '1.1'), appears(120, '1.0', 100)])).toEqual([
      '100 payments 1.0 → 1.1, seen',
      '120 payments 1.1 → 1.0, seen',
    ]);
  });

  it('does not take quiet hours, or a canary that few call, for deploys', () => {
    const canary = [appears(0, '1.0'), appears(100, '1.1')];
    expect(tell([...canary, appears(300, '1.1', 200)])).toEqual(['100 payments 1.0 → 1.1, seen']);
    expect(tell([...canary, appears(900, '1.0', 700)])).toEqual(['100 payments 1.0 → 1.1, seen']);
  });

  it('keeps services apart', () => {
    expect(tell([appears(0, '1.0'), appears(100, '1.1', null, 'orders')])).toEqual([]);
  });

  it('tells what a pipeline reported once, though its spans come before or after', () => {
    const versions = [appears(0, '1.0'), appears(100, '1.1')];
    expect(tell(versions, [reports(95, '1.1')])).toEqual(['95 payments 1.0 → 1.1, reported']);
    expect(tell(versions, [reports(110, '1.1')])).toEqual(['110 payments 1.0 → 1.1, reported']);
    expect(tell(versions, [reports(10, '1.1')])).toEqual([
      '10 payments 1.0 → 1.1, reported',
      '100 payments 1.0 → 1.1, seen',
    ]);
  });

  it('knows what ran before from reports alone, and says when nobody knows', () => {
    expect(tell([], [reports(10, '1.1'), reports(5, '1.0'), reports(20, '1.1')])).toEqual([
      '5 payments null → 1.0, reported',
      '10 payments 1.0 → 1.1, reported',
      '20 payments 1.0 → 1.1, reported',
    ]);
  });
});
