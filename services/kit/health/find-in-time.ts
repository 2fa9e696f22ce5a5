export interface InTime<Found> {
  /** What was found last, if the search that is under way is late. */
  found: Found | null;
  isLate: boolean;
}

/** Answers within `maxMs` what `find` finds; those who ask share a search, and what it found for `freshMs`. */
export function findInTime<Found>(
  find: () => Promise<Found>,
  { maxMs, freshMs }: { maxMs: number; freshMs: number },
): () => Promise<InTime<Found>> {
  let underWay: Promise<InTime<Found>> | null = null;
  let last: { found: Found; atMs: number } | null = null;
  const search = async (): Promise<InTime<Found>> => {
    try {
      const found = await find();
      last = { found, atMs: performance.now() };
      return { found, isLate: false };
    } finally {
      underWay = null;
    }
  };
  return async () => {
    if (last && performance.now() - last.atMs < freshMs) return { found: last.found, isLate: false };
    const late = Promise.withResolvers<InTime<Found>>();
    const timer = setTimeout(() => late.resolve({ found: last?.found ?? null, isLate: true }), maxMs);
    try {
      return await Promise.race([(underWay ??= search()), late.promise]);
    } finally {
      clearTimeout(timer);
    }
  };
}
