import type { VersionAppearance } from '#server/store/queries/version-appearances.ts';
import type { Deploy } from './schema.ts';

export type FoundDeploy = Omit<Deploy, 'verdict'>;

export interface ReportedDeploy {
  id: string;
  service: string;
  version: string;
  atMs: number;
  url: string | null;
  by: string | null;
}

/** Pipelines speak when they begin, or when they are through: spans of the version come up to this long after, or before. */
const SEEN_AFTER_MS = 60 * 60_000;
const SEEN_BEFORE_MS = 15 * 60_000;

/**
 * The deploys that pipelines reported and those that spans give away, the oldest first; one that both tell of is told once.
 * The first version of a service is no deploy, nor is the return of one that only paused while no other came up.
 */
export function findDeploys(
  appearances: readonly VersionAppearance[],
  reported: readonly ReportedDeploy[],
): FoundDeploy[] {
  const services = new Set([...appearances, ...reported].map(({ service }) => service));
  return [...services]
    .flatMap((service) =>
      deploysOf(
        appearances.filter((one) => one.service === service),
        reported.filter((one) => one.service === service),
      ),
    )
    .toSorted((a, b) => a.atMs - b.atMs);
}

function deploysOf(appearances: VersionAppearance[], reported: readonly ReportedDeploy[]): FoundDeploy[] {
  const inOrder = appearances.toSorted((a, b) => a.atMs - b.atMs);
  const isTold = ({ version, atMs }: VersionAppearance) =>
    reported.some(
      (one) => one.version === version && atMs >= one.atMs - SEEN_BEFORE_MS && atMs <= one.atMs + SEEN_AFTER_MS,
    );
  const seen = inOrder
    .filter((one, index) => tookOver(one, inOrder.slice(0, index)) && !isTold(one))
    .map(({ service, version, atMs }) => ({
      id: `seen-${service}-${version}-${atMs}`,
      service,
      version,
      atMs,
      url: null,
      by: null,
      source: 'seen' as const,
    }));
  const told = reported.map((one) => ({ ...one, source: 'reported' as const }));
  const deploys = [...seen, ...told].toSorted((a, b) => a.atMs - b.atMs);
  return deploys.map((deploy, index) => ({ ...deploy, previousVersion: versionBefore(deploy, index) }));

  function versionBefore({ version, atMs }: { version: string; atMs: number }, index: number): string | null {
    const known = [
      ...deploys.slice(0, index).map((one) => ({ version: one.version, atMs: one.atMs })),
      ...inOrder.filter((one) => one.atMs < atMs),
    ].filter((one) => one.version !== version);
    return known.toSorted((a, b) => a.atMs - b.atMs).at(-1)?.version ?? null;
  }
}

/** A version that came back took over only when another had come up while it was away. */
function tookOver({ version, lastSeenMs }: VersionAppearance, earlier: readonly VersionAppearance[]): boolean {
  const others = earlier.filter((one) => one.version !== version);
  if (lastSeenMs === null) return others.length > 0;
  return others.some(({ atMs }) => atMs >= lastSeenMs - SEEN_BEFORE_MS);
}
