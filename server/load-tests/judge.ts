import type { Counts, Summary, Verdict } from './schema.ts';

export const SUCCESS_RATIO_MIN = 0.95;

/** Passed when 95 % or more were served and there was no 502, no 503 and no request without an answer. */
export function judge({ counts, statuses }: Pick<Summary, 'counts' | 'statuses'>): Verdict {
  const successRatio = successOf(counts);
  if (successRatio === null) return { isPassed: false, successRatio, reasons: ['No request came to an end.'] };
  const reasons = [
    successRatio < SUCCESS_RATIO_MIN &&
      `${percent(successRatio)} were served: less than ${percent(SUCCESS_RATIO_MIN)}.`,
    statuses['502'] && `${times(statuses['502'])} 502: the gateway could not reach a service.`,
    statuses['503'] && `${times(statuses['503'])} 503: a breaker was open, or a service unavailable.`,
    counts.unanswered && `${times(counts.unanswered)} no connection, or no answer in time.`,
  ].filter((reason) => typeof reason === 'string');
  if (reasons.length > 0) return { isPassed: false, successRatio, reasons };
  return {
    isPassed: true,
    successRatio,
    reasons: [`${percent(successRatio)} were served; no 502, no 503, none unanswered.`],
  };
}

/** The served share of all requests that ended; refusals are no success. Null when none ended. */
export function successOf(counts: Counts): number | null {
  const all = total(counts);
  return all === 0 ? null : counts.served / all;
}

export function total({ served, limited, breaker, failed, unanswered }: Counts): number {
  return served + limited + breaker + failed + unanswered;
}

/** Down, so that 94.99 % never reads as 95 %. */
export function percent(ratio: number): string {
  return `${Number((Math.floor(ratio * 10_000) / 100).toFixed(2))} %`;
}

function times(count: number): string {
  return `${count} ×`;
}
