import type { Span } from '#server/traces/schema.ts';
import type { Stretch } from './critical-path.ts';
import type { SpanRow } from './order-spans.ts';

export const SPAN_SETS = ['all', 'failed', 'critical'] as const;
export type SpanSet = (typeof SPAN_SETS)[number];

export interface FoundSpans {
  /** Indexes of rows that match. */
  matches: ReadonlySet<number>;
  /** These and their callers, in the order of the rows: without the way to it a match says little. */
  shown: number[];
}

/** The rows with every word of a text, of those that are asked for; null when nothing is asked. */
export function findSpans(
  rows: readonly SpanRow[],
  text: string,
  set: SpanSet,
  path: ReadonlyMap<SpanRow, readonly Stretch[]>,
): FoundSpans | null {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0 && set === 'all') return null;
  const matches = new Set<number>();
  const shown = new Set<number>();
  for (const [index, row] of rows.entries()) {
    if (set === 'failed' && row.span.status !== 'error') continue;
    if (set === 'critical' && !path.has(row)) continue;
    if (words.length > 0 && !words.every((word) => textOf(row.span).includes(word))) continue;
    matches.add(index);
    for (let above = index; above >= 0 && !shown.has(above); above = rows[above]?.parent ?? -1) shown.add(above);
  }
  return { matches, shown: [...shown].toSorted((a, b) => a - b) };
}

const texts = new WeakMap<Span, string>();

/** Made once for a span: a text is typed letter by letter, and there may be ten thousand of them. */
function textOf(span: Span): string {
  const known = texts.get(span);
  if (known !== undefined) return known;
  const attributes = Object.entries(span.attributes).map(([key, value]) => `${key}=${value}`);
  const { service, operation, instance, spanId, statusMessage } = span;
  const events = span.events.map(({ name }) => name);
  const text = [service, operation, instance, spanId, statusMessage, ...attributes, ...events].join('\n').toLowerCase();
  texts.set(span, text);
  return text;
}
