import type { Slo, SloStatus } from './schema.ts';

export interface Counted {
  requests: number;
  bad: number;
}

export interface Assessment {
  status: SloStatus;
  achieved: number | null;
  budgetLeft: number | null;
  burnRate1h: number | null;
  burnRate6h: number | null;
}

/**
 * Paces that end a 30-day budget in two days and in five, at which the SRE workbook calls somebody.
 * https://sre.google/workbook/alerting-on-slos
 */
const FAST_BURN_1H = 14.4;
const FAST_BURN_6H = 6;
/** One failure of three requests at night is no pace. */
const REQUESTS_MIN = 20;
const LOW_BUDGET = 0.25;

/** How an objective stands, from what was counted over its window, the last hour and the last six. */
export function assessSlo(
  { target }: Pick<Slo, 'target'>,
  counted: { window: Counted; h1: Counted; h6: Counted },
): Assessment {
  const { window, h1, h6 } = counted;
  const burnRate1h = burnRate(h1, target);
  const burnRate6h = burnRate(h6, target);
  if (window.requests === 0) return { status: 'no_data', achieved: null, budgetLeft: null, burnRate1h, burnRate6h };
  const allowed = window.requests * (1 - target);
  const budgetLeft = 1 - window.bad / allowed;
  const burns =
    (h1.requests >= REQUESTS_MIN && (burnRate1h ?? 0) >= FAST_BURN_1H) ||
    (h6.requests >= REQUESTS_MIN && (burnRate6h ?? 0) >= FAST_BURN_6H);
  const status = budgetLeft < 0 ? 'missed' : burns ? 'burning' : budgetLeft < LOW_BUDGET ? 'low' : 'met';
  return { status, achieved: 1 - window.bad / window.requests, budgetLeft, burnRate1h, burnRate6h };
}

function burnRate({ requests, bad }: Counted, target: number): number | null {
  return requests === 0 ? null : bad / requests / (1 - target);
}
