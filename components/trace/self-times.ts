import type { SpanRow } from './order-spans.ts';

/** How long each row's span was busy itself, in microseconds: its time without the stretches in which any child ran. */
export function selfTimes(rows: readonly SpanRow[]): number[] {
  // Rows stand in the order of a tree with children by their start, so each parent meets its children in time's order.
  const coveredUs = rows.map(() => 0);
  const coveredUntilUs = rows.map(({ span }) => span.startUs);
  for (const { span, parent } of rows) {
    const above = rows[parent]?.span;
    if (!above) continue;
    const fromUs = Math.max(span.startUs, coveredUntilUs[parent] ?? 0);
    const toUs = Math.min(span.startUs + span.durationUs, above.startUs + above.durationUs);
    if (toUs <= fromUs) continue;
    coveredUs[parent] = (coveredUs[parent] ?? 0) + toUs - fromUs;
    coveredUntilUs[parent] = toUs;
  }
  return rows.map(({ span }, index) => Math.max(0, span.durationUs - (coveredUs[index] ?? 0)));
}
