import { classify, type Outcome } from './classify.ts';
import { LatencySketch, type Quantiles } from './latency-sketch.ts';

export type Counts = Record<Outcome, number>;

export interface Answered {
  /** "POST /api/orders" */
  route: string;
  status: number;
  body: Record<string, unknown>;
  /** From when the shopper wanted it. */
  waitedMs: number;
  /** From when it was sent. */
  tookMs: number;
  /** The `ratelimit-policy` header. */
  policy: string | undefined;
}

/** The requests that ended in one second. */
export interface Tick extends Counts, Quantiles {
  atS: number;
}

export interface Summary {
  elapsedS: number;
  counts: Counts;
  statuses: Record<string, number>;
  waited: Quantiles;
  took: Quantiles;
  routes: ({ route: string; counts: Counts; statuses: Record<string, number> } & Quantiles)[];
  limitedBy: Record<string, number>;
  policies: Record<string, { quota: number; windowS: number }>;
  brokenBy: Record<string, number>;
  visits: Record<string, number>;
}

const REACHED = new Set<Outcome>(['served', 'failed', 'unanswered']);
const NONE: Counts = { served: 0, limited: 0, breaker: 0, failed: 0, unanswered: 0 };

/** What the answers of a test add up to. */
export class TestRecord {
  #counts = { ...NONE };
  #statuses: Record<string, number> = {};
  #waited = new LatencySketch();
  #took = new LatencySketch();
  #routes = new Map<string, { counts: Counts; statuses: Record<string, number>; waited: LatencySketch }>();
  #limitedBy: Record<string, number> = {};
  #brokenBy: Record<string, number> = {};
  #visits: Record<string, number> = {};
  #policies: Summary['policies'] = {};
  #second = { counts: { ...NONE }, waited: new LatencySketch() };

  add({ route, status, body, waitedMs, tookMs, policy }: Answered): void {
    const outcome = classify(route, status, body.code);
    const own = this.#routes.get(route) ?? { counts: { ...NONE }, statuses: {}, waited: new LatencySketch() };
    this.#routes.set(route, own);
    for (const counts of [this.#counts, own.counts, this.#second.counts]) counts[outcome] += 1;
    for (const statuses of [this.#statuses, own.statuses]) count(statuses, String(status));
    if (policy !== undefined) Object.assign(this.#policies, readPolicies(policy));
    if (outcome === 'limited') for (const tier of textsOf(body['violated-policies'])) count(this.#limitedBy, tier);
    if (outcome === 'breaker') count(this.#brokenBy, String(body.service ?? 'unknown'));
    // Refusals are quick: they would make a test that is refused look fast.
    if (!REACHED.has(outcome)) return;
    for (const sketch of [this.#waited, own.waited, this.#second.waited]) sketch.add(waitedMs);
    this.#took.add(tookMs);
  }

  endVisit(outcome: string): void {
    count(this.#visits, outcome);
  }

  /** What ended since the last tick. */
  tick(atS: number): Tick {
    const { counts, waited } = this.#second;
    this.#second = { counts: { ...NONE }, waited: new LatencySketch() };
    return { atS, ...counts, ...waited.quantiles() };
  }

  summary(elapsedS: number): Summary {
    const routes = [...this.#routes].map(([route, { counts, statuses, waited }]) => ({
      route,
      counts: { ...counts },
      statuses: { ...statuses },
      ...waited.quantiles(),
    }));
    return {
      elapsedS,
      counts: { ...this.#counts },
      statuses: { ...this.#statuses },
      waited: this.#waited.quantiles(),
      took: this.#took.quantiles(),
      routes: routes.toSorted((a, b) => (a.route < b.route ? -1 : 1)),
      limitedBy: { ...this.#limitedBy },
      policies: { ...this.#policies },
      brokenBy: { ...this.#brokenBy },
      visits: { ...this.#visits },
    };
  }
}

/** `"short";q=20;w=1, "long";q=300;w=60`, as the gateway says it in every answer. */
export function readPolicies(header: string): Summary['policies'] {
  const found = header.matchAll(/"([^"]+)";q=(\d+);w=(\d+)/g);
  return Object.fromEntries(
    Array.from(found, ([, name, quota, windowS]) => [name!, { quota: Number(quota), windowS: Number(windowS) }]),
  );
}

function count(into: Record<string, number>, key: string): void {
  into[key] = (into[key] ?? 0) + 1;
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}
