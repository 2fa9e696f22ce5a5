import type { SpanCell } from './span-cell.ts';

/** The spans of one name, by kind and status. */
export interface Operation {
  name: string;
  hash: number;
  bytes: Uint8Array;
  cells: (SpanCell | undefined)[];
  /** Another of the same hash. */
  next: Operation | undefined;
}

/** The operations of one service, found by the bytes of their names. */
export class OperationTable {
  readonly service: string;
  /** Whether it stands for services beyond the limit. */
  readonly isOverflow: boolean;
  /** Where the operations beyond the limit are counted. */
  readonly overflow: Operation = { name: '', hash: 0, bytes: new Uint8Array(), cells: [], next: undefined };
  readonly #byHash = new Map<number, Operation>();
  size = 0;

  constructor(service: string, isOverflow: boolean) {
    this.service = service;
    this.isOverflow = isOverflow;
  }

  get isEmpty(): boolean {
    return this.size === 0 && !this.overflow.cells.some(Boolean);
  }

  find(bytes: Uint8Array, start: number, end: number): Operation | undefined {
    let operation = this.#byHash.get(hashOf(bytes, start, end));
    while (operation && !isEqual(operation.bytes, bytes, start, end)) operation = operation.next;
    return operation;
  }

  add(bytes: Uint8Array, start: number, end: number): Operation {
    const own = Buffer.from(bytes.subarray(start, end));
    const hash = hashOf(own, 0, own.length);
    const operation = { name: own.toString(), hash, bytes: own, cells: [], next: this.#byHash.get(hash) };
    this.#byHash.set(hash, operation);
    this.size++;
    return operation;
  }

  delete(operation: Operation): void {
    if (operation === this.overflow) return;
    let kept: Operation | undefined;
    for (let other = this.#byHash.get(operation.hash); other;) {
      const { next } = other;
      if (other !== operation) {
        other.next = kept;
        kept = other;
      }
      other = next;
    }
    if (kept) this.#byHash.set(operation.hash, kept);
    else this.#byHash.delete(operation.hash);
    this.size--;
  }

  *all(): Generator<Operation> {
    yield this.overflow;
    for (let operation of this.#byHash.values()) {
      yield operation;
      while (operation.next) yield (operation = operation.next);
    }
  }
}

/** FNV-1a. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  return hash;
}

function isEqual(own: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (own.length !== end - start) return false;
  for (let at = 0; at < own.length; at++) if (own[at] !== bytes[start + at]) return false;
  return true;
}
