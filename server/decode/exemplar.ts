import type { Exemplar } from './metric-rows.ts';

/** Four a minute and series: each is there to lead to a trace, and one line of a graph has no room for more. */
const GAP_MS = 15_000;
/** Names and values of the labels together, as OpenMetrics and Prometheus have it. */
const LABEL_CHARS_MAX = 128;

/** Whether an exemplar may be kept; Prometheus drops those that say too much, and one without labels leads nowhere. */
export function isExemplar({ labels, value }: Omit<Exemplar, 'timestampMs'>): boolean {
  let chars = 0;
  for (const [name, text] of labels) chars += name.length + text.length;
  return labels.length > 0 && chars <= LABEL_CHARS_MAX && Number.isFinite(value);
}

/** Lets a few through: what is sent again with every scrape, and what is out of order, is not later than the last. */
export class ExemplarGate {
  lastMs = -Infinity;

  admits(timestampMs: number): boolean {
    if (timestampMs - this.lastMs < GAP_MS) return false;
    this.lastMs = timestampMs;
    return true;
  }
}
