import type { Span } from '#server/traces/schema.ts';

/** A span in its place in the tree; rows stand in the order in which they are drawn. */
export interface SpanRow {
  span: Span;
  depth: number;
  /** Index of the parent's row; -1 for a root. */
  parent: number;
  /** How many rows below belong to it: collapsing skips these. */
  descendants: number;
  /** Failed spans among these. */
  errorsBelow: number;
  /** Its parent was named but is not here: lost, late or cut off. */
  orphan: boolean;
}

/**
 * Puts the spans of a trace into the order of a tree, children by their start. Whatever arrives is drawn once: spans without
 * their parent become roots, and so does one span of every circle that a broken sender makes.
 */
export function orderSpans(spans: readonly Span[]): SpanRow[] {
  const known = new Set(spans.map(({ spanId }) => spanId));
  const children = new Map<string, Span[]>();
  const roots: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.startUs - b.startUs || b.durationUs - a.durationUs)) {
    const { parentSpanId } = span;
    if (parentSpanId === null || parentSpanId === span.spanId || !known.has(parentSpanId)) roots.push(span);
    else if (children.has(parentSpanId)) children.get(parentSpanId)?.push(span);
    else children.set(parentSpanId, [span]);
  }
  const rows: SpanRow[] = [];
  const placed = new Set<Span>();
  const openedIds = new Set<string>();

  function place(root: Span) {
    // A stack of our own: a chain of ten thousand spans must not end the page's.
    const stack = [{ span: root, depth: 0, parent: -1 }];
    for (let next = stack.pop(); next; next = stack.pop()) {
      const { span, depth, parent } = next;
      if (placed.has(span)) continue;
      placed.add(span);
      const index = rows.length;
      const orphan = parent === -1 && span.parentSpanId !== null;
      rows.push({ span, depth, parent, descendants: 0, errorsBelow: 0, orphan });
      // Two spans with one id: the children belong to the first.
      if (openedIds.has(span.spanId)) continue;
      openedIds.add(span.spanId);
      for (const child of (children.get(span.spanId) ?? []).toReversed()) {
        stack.push({ span: child, depth: depth + 1, parent: index });
      }
    }
  }
  for (const root of roots) place(root);
  for (const span of spans) if (!placed.has(span)) place(span);
  countBelow(rows);
  return rows;
}

/** The rows that are seen while some are collapsed, with their indexes. */
export function visibleRows(rows: readonly SpanRow[], collapsed: ReadonlySet<string>): number[] {
  const visible: number[] = [];
  for (let index = 0; index < rows.length; index += 1) {
    visible.push(index);
    const row = rows[index];
    if (row && collapsed.has(row.span.spanId)) index += row.descendants;
  }
  return visible;
}

function countBelow(rows: SpanRow[]): void {
  for (let index = rows.length - 1; index >= 0; index -= 1) {
    const row = rows[index];
    const parent = row && rows[row.parent];
    if (!row || !parent) continue;
    parent.descendants += row.descendants + 1;
    parent.errorsBelow += row.errorsBelow + (row.span.status === 'error' ? 1 : 0);
  }
}
