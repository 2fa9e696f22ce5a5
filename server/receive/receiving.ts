import type { SpanFacts } from '#server/decode/span-facts.ts';
import type { ItemCounter } from './item-counter.ts';
import type { Budgets } from './limits/budgets.ts';
import type { Signal } from './signal.ts';

/** What all doors share. */
export interface Receiving {
  count: ItemCounter;
  budgets: Budgets;
  /** Told the spans of each request that is on the disk. */
  onSpans?: ((facts: SpanFacts) => void) | undefined;
  /** Told each request that is on the disk, in protobuf; must not throw, nor change it. */
  onKept?: ((signal: Signal['name'], body: Uint8Array, items: number) => void) | undefined;
}
