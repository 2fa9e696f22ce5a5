import { total } from './judge.ts';
import type { Advice, Result, Summary } from './schema.ts';

/** More than a shopper forgives. */
const SLOW_P95_MS = 1_000;
/** What the generator itself adds before its figures are no longer the shop's. */
const LAG_MS = 20;
/** Room above what was offered, so that the next spike is not refused. */
const HEADROOM = 1.2;
const NEAR_RATIO = 0.7;

export interface Offered {
  workers: number;
  pace: number;
  seconds: number;
}

export interface BreakerInForce {
  name: string;
  threshold: number;
  resetTimeoutMs: number;
}

type Measured = Summary & Partial<Result>;

/** What the figures of a test say about limits, thresholds and capacity, the gravest first. */
export function advise(offered: Offered, measured: Measured, breakers: readonly BreakerInForce[]): Advice[] {
  const advice = [
    ...aboutLimits(offered, measured),
    ...aboutBreakers(measured, breakers),
    ...aboutFailures(measured),
    ...aboutSpeed(offered, measured),
  ].toSorted((a, b) => GRAVITY.indexOf(a.tone) - GRAVITY.indexOf(b.tone));
  if (advice.length > 0 || total(measured.counts) === 0) return advice;
  return [{ tone: 'ok', title: 'Nothing to change', detail: 'No request was refused, failed or slow at this load.' }];
}

const GRAVITY: readonly Advice['tone'][] = ['critical', 'warn', 'info', 'ok'];

function aboutLimits({ workers, pace, seconds }: Offered, { limitedBy, policies, addresses }: Measured): Advice[] {
  const clients = addresses === 'one' ? 1 : workers;
  const offeredPerS = (workers * pace) / clients;
  const who = clients === 1 ? 'from one address' : 'by each shopper';
  const refused = Object.entries(limitedBy).map(([tier, count]): Advice => {
    const policy = policies[tier];
    const title = `${count} × 429 from the ${tier} tier`;
    if (tier === 'login' || !policy)
      return {
        tone: 'warn',
        title,
        detail: 'Tries to log in to one account are limited on their own (THROTTLE_LIMIT_LOGIN).',
      };
    const { quota, windowS } = policy;
    const wanted = Math.ceil(offeredPerS * windowS * HEADROOM);
    const below =
      quota / windowS < offeredPerS
        ? `Its limit of ${quota} in ${windowS} s is below the ${round(offeredPerS)}/s offered ${who}.`
        : `On the whole its limit of ${quota} in ${windowS} s fits the ${round(offeredPerS)}/s offered ${who}: requests came in bursts.`;
    const limit = Math.max(wanted, quota + 1);
    return {
      tone: 'warn',
      title,
      detail: `${below} If this load is wanted, set THROTTLE_LIMIT_${tier.toUpperCase()} to ${limit} or more, or its requests on the page of rate limits, which takes no restart; if not, the limit did its work.`,
    };
  });
  if (refused.length > 0) return refused;
  return Object.entries(policies).flatMap(([tier, { quota, windowS }]): Advice[] => {
    // Too short a test says nothing of a long window.
    const used = (offeredPerS * Math.min(windowS, seconds)) / quota;
    if (tier === 'login' || used < NEAR_RATIO) return [];
    return [
      {
        tone: 'info',
        title: `The ${tier} tier is nearly used up`,
        detail: `${round(offeredPerS)}/s offered ${who} takes about ${Math.round(used * 100)} % of ${quota} in ${windowS} s.`,
      },
    ];
  });
}

function aboutBreakers({ brokenBy, routes }: Measured, breakers: readonly BreakerInForce[]): Advice[] {
  return Object.entries(brokenBy).map(([name, count]): Advice => {
    const inForce = breakers.find((breaker) => breaker.name === name);
    const own = routes.filter(({ route }) => serviceOf(route) === name);
    const failed = own.reduce((sum, { counts }) => sum + counts.failed + counts.unanswered, 0);
    const reached = own.reduce((sum, { counts }) => sum + counts.served, failed);
    const share = reached === 0 ? null : failed / reached;
    const settings = inForce
      ? ` It opens after ${inForce.threshold} failures in a row and stays open for ${round(inForce.resetTimeoutMs / 1_000)} s.`
      : '';
    const isTight = share !== null && share < 0.05;
    return {
      tone: 'critical',
      title: `The breaker of ${name} refused ${count} requests`,
      detail: isTight
        ? `Only ${percent(share)} of the calls that reached ${name} failed.${settings} A higher threshold or a shorter wait would have refused fewer good calls.`
        : `${share === null ? 'None' : percent(1 - share)} of the calls that reached ${name} were served: it did its work, and ${name} is what to look at first.${settings}`,
    };
  });
}

function aboutFailures({ routes, counts }: Measured): Advice[] {
  const worst = routes
    .map(({ route, counts: own, statuses }) => ({ route, failed: own.failed + own.unanswered, statuses }))
    .filter(({ failed }) => failed > 0)
    .toSorted((a, b) => b.failed - a.failed)[0];
  if (!worst) return [];
  const all = counts.failed + counts.unanswered;
  const said = Object.entries(worst.statuses)
    .filter(([status]) => status === '0' || Number(status) >= 500)
    .map(([status, count]) => `${count} × ${status === '0' ? 'no answer' : status}`);
  const timeouts = worst.statuses['504']
    ? ' A 504 is a service that took longer than UPSTREAM_ANSWER_TIMEOUT_MS: a longer wait would only hold more connections.'
    : '';
  return [
    {
      tone: all / total(counts) > 0.01 ? 'critical' : 'warn',
      title: `${all} requests failed, most of them ${worst.route}`,
      detail: `${worst.failed} of its own${said.length > 0 ? `: ${said.join(', ')}` : ''}.${timeouts}`,
    },
  ];
}

function aboutSpeed({ workers, pace }: Offered, measured: Measured): Advice[] {
  const { elapsedS, counts, unsent = 0, generatorLagMs = 0, routes, waited } = measured;
  const advice: Advice[] = [];
  if (unsent > 0)
    advice.push({
      tone: 'warn',
      title: `${unsent} requests were due and never sent`,
      detail: `Answers took longer than the shoppers' pace: of ${round(workers * pace)}/s offered about ${round(total(counts) / elapsedS)}/s came through. That is the capacity at this load.`,
    });
  const slow = routes
    .filter(({ p95Ms }) => (p95Ms ?? 0) > SLOW_P95_MS)
    .toSorted((a, b) => (b.p95Ms ?? 0) - (a.p95Ms ?? 0))[0];
  if (slow)
    advice.push({
      tone: 'warn',
      title: `${slow.route} is slow: p95 ${round(slow.p95Ms ?? 0)} ms`,
      detail: `One in twenty waited longer than that. All routes together: p95 ${round(waited.p95Ms ?? 0)} ms.`,
    });
  if (generatorLagMs > LAG_MS)
    advice.push({
      tone: 'info',
      title: `The generator was up to ${round(generatorLagMs)} ms late itself`,
      detail:
        'It shares this machine with the shop. Latencies contain its own delays: use fewer shoppers, or run it elsewhere with GATEWAY_URL.',
    });
  return advice;
}

/** The gateway's routes, as the shoppers of the test use them. */
const SERVICES: Readonly<Record<string, string>> = {
  auth: 'auth',
  products: 'catalog',
  // The page that cannot be without it.
  bff: 'catalog',
  inventory: 'inventory',
  orders: 'orders',
  payments: 'payments',
  shipments: 'shipping',
  notifications: 'notifications',
};

function serviceOf(route: string): string | undefined {
  return SERVICES[route.split('/')[2] ?? ''];
}

function percent(ratio: number): string {
  return `${round(ratio * 100)} %`;
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
