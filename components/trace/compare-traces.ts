import type { SpanRow } from './order-spans.ts';

/** The calls of one operation along one way, in one of the two traces. */
export interface Side {
  spans: number;
  errors: number;
  totalUs: number;
  selfUs: number;
}

export type Change = 'same' | 'slower' | 'faster' | 'missing' | 'extra';

export interface ComparedNode {
  service: string;
  operation: string;
  depth: number;
  a: Side | null;
  b: Side | null;
  /** How the second is against the first. */
  change: Change;
  /** Of the time of all these calls; what is missing counts as none. */
  differenceUs: number;
  selfDifferenceUs: number;
}

/** A call differs when it takes a fifth longer or shorter, and that is at least a hundredth of the trace: the rest is noise. */
const RATIO_MIN = 1.2;
const SHARE_MIN = 0.01;

interface Draft {
  service: string;
  operation: string;
  a: Side | null;
  b: Side | null;
  children: Map<string, Draft>;
}

/** Two traces as one tree by the way of their calls, in the order of the first trace, with what each spent there. */
export function compareTraces(
  a: { rows: readonly SpanRow[]; selfUs: readonly number[] },
  b: { rows: readonly SpanRow[]; selfUs: readonly number[] },
): ComparedNode[] {
  const roots = new Map<string, Draft>();
  addTrace(roots, 'a', a.rows, a.selfUs);
  addTrace(roots, 'b', b.rows, b.selfUs);
  const leastUs = SHARE_MIN * Math.max(lengthOf(a.rows), lengthOf(b.rows));
  const nodes: ComparedNode[] = [];
  const stack = [...roots.values()].toReversed().map((draft) => ({ draft, depth: 0 }));
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { draft, depth } = next;
    nodes.push(toNode(draft, depth, leastUs));
    for (const child of [...draft.children.values()].toReversed()) stack.push({ draft: child, depth: depth + 1 });
  }
  return nodes;
}

/** What differs, with the ways that lead there. */
export function onlyChanged(nodes: readonly ComparedNode[]): ComparedNode[] {
  const kept: ComparedNode[] = [];
  let neededDepth = -1;
  for (const node of nodes.toReversed()) {
    if (node.change === 'same' && node.depth !== neededDepth) continue;
    kept.push(node);
    neededDepth = node.depth - 1;
  }
  return kept.toReversed();
}

function addTrace(roots: Map<string, Draft>, side: 'a' | 'b', rows: readonly SpanRow[], selfUs: readonly number[]) {
  const drafts: Draft[] = [];
  for (const [index, { span, parent }] of rows.entries()) {
    const { service, operation } = span;
    const siblings = drafts[parent]?.children ?? roots;
    const key = `${service}\n${operation}`;
    const draft = siblings.get(key) ?? { service, operation, a: null, b: null, children: new Map() };
    siblings.set(key, draft);
    drafts[index] = draft;
    const sums = (draft[side] ??= { spans: 0, errors: 0, totalUs: 0, selfUs: 0 });
    sums.spans += 1;
    sums.errors += span.status === 'error' ? 1 : 0;
    sums.totalUs += span.durationUs;
    sums.selfUs += selfUs[index] ?? 0;
  }
}

function toNode({ service, operation, a, b }: Draft, depth: number, leastUs: number): ComparedNode {
  const differenceUs = (b?.totalUs ?? 0) - (a?.totalUs ?? 0);
  const selfDifferenceUs = (b?.selfUs ?? 0) - (a?.selfUs ?? 0);
  return { service, operation, depth, a, b, change: changeOf(a, b, leastUs), differenceUs, selfDifferenceUs };
}

function changeOf(a: Side | null, b: Side | null, leastUs: number): Change {
  if (!b) return 'missing';
  if (!a) return 'extra';
  const [least, most] = [Math.min(a.totalUs, b.totalUs), Math.max(a.totalUs, b.totalUs)];
  if (most - least < leastUs || most < least * RATIO_MIN) return 'same';
  return b.totalUs > a.totalUs ? 'slower' : 'faster';
}

function lengthOf(rows: readonly SpanRow[]): number {
  return rows.reduce((most, { span }) => Math.max(most, span.durationUs), 0);
}
