import type { KeptShare } from '#server/store/queries/kept-shares.ts';
import { enumerate } from '#components/format/enumerate.ts';
import { significant } from '#components/format/number.ts';

const NAMED_MAX = 3;

/** What people should know who read counts of these services; null where everything was kept. */
export function describeSampling(shares: readonly KeptShare[]): string | null {
  const [least] = shares;
  if (!least) return null;
  const services = enumerate(
    shares.map(({ service }) => service),
    NAMED_MAX,
  );
  const kept = `1 in ${significant(1 / least.keptShare, 2)}`;
  return shares.length === 1
    ? `Of the traces of ${services} ${kept} is kept: counts are estimated from those.`
    : `Of the traces of ${services} a share is kept, ${kept} at the least: counts are estimated from those.`;
}
