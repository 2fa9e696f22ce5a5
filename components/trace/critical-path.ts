import type { SpanRow } from './order-spans.ts';

/** A stretch of time in microseconds after the start of the trace. */
export interface Stretch {
  fromUs: number;
  toUs: number;
}

/**
 * The stretches that the trace's length is made of, by span: at every moment the one span whose being faster would have made the whole
 * faster. Walked from the end: the child that finished last held its parent up until it began, then the one that finished before that.
 * The stretches are disjoint and together cover the longest root.
 */
export function criticalPath(rows: readonly SpanRow[]): Map<SpanRow, Stretch[]> {
  const path = new Map<SpanRow, Stretch[]>();
  const root = rows
    .filter(({ parent }) => parent === -1)
    .reduce<SpanRow | undefined>(
      (longest, row) => (longest && longest.span.durationUs >= row.span.durationUs ? longest : row),
      undefined,
    );
  if (!root) return path;
  const children = childrenByEnd(rows);
  const open = [{ row: root, fromUs: root.span.startUs, toUs: root.span.startUs + root.span.durationUs }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { row, fromUs, toUs } = next;
    const own: Stretch[] = [];
    let cursorUs = toUs;
    for (const child of children.get(row) ?? []) {
      // Clocks of two machines differ, and a child may outlive its parent: only what lies within counts.
      const childFromUs = Math.max(fromUs, child.span.startUs);
      const childToUs = Math.min(toUs, child.span.startUs + child.span.durationUs);
      if (childToUs <= childFromUs || childToUs > cursorUs) continue;
      if (childToUs < cursorUs) own.push({ fromUs: childToUs, toUs: cursorUs });
      open.push({ row: child, fromUs: childFromUs, toUs: childToUs });
      cursorUs = childFromUs;
    }
    if (fromUs < cursorUs) own.push({ fromUs, toUs: cursorUs });
    if (own.length > 0) path.set(row, own.toReversed());
  }
  return path;
}

function childrenByEnd(rows: readonly SpanRow[]): Map<SpanRow, SpanRow[]> {
  const children = new Map<SpanRow, SpanRow[]>();
  for (const row of rows) {
    const parent = rows[row.parent];
    if (!parent) continue;
    const siblings = children.get(parent);
    if (siblings) siblings.push(row);
    else children.set(parent, [row]);
  }
  for (const siblings of children.values()) siblings.sort((a, b) => endUs(b) - endUs(a));
  return children;
}

function endUs({ span }: SpanRow): number {
  return span.startUs + span.durationUs;
}
