import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

/** What a first visit may cost, and how much more another page may. Decimal kilobytes, as the wire counts. */
const FIRST_ROUTE_BYTES_MAX = 150_000;
const MORE_BYTES_MAX = 80_000;
const STATS = '.next/diagnostics/route-bundle-stats.json';

interface RouteStats {
  route: string;
  firstLoadChunkPaths: string[];
}

// `npm test` builds the pages before it comes here; a run of single tests in a checkout that was never built has nothing to weigh.
describe.skipIf(!existsSync(STATS))('the JavaScript that a page loads first', () => {
  const routes = existsSync(STATS) ? (JSON.parse(readFileSync(STATS, 'utf8')) as RouteStats[]) : [];
  const bytesOf = ({ firstLoadChunkPaths }: RouteStats) =>
    firstLoadChunkPaths.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0);

  it('is within its budget on the first route', () => {
    const first = routes.find(({ route }) => route === '/');
    expect(first?.firstLoadChunkPaths.length).toBeGreaterThan(3);
    expect(bytesOf(first!)).toBeLessThanOrEqual(FIRST_ROUTE_BYTES_MAX);
  });

  it.each(routes.filter(({ route }) => route !== '/').map((stats) => [stats.route, stats] as const))(
    'is little more on %s',
    (_, stats) => expect(bytesOf(stats)).toBeLessThanOrEqual(FIRST_ROUTE_BYTES_MAX + MORE_BYTES_MAX),
  );
});
