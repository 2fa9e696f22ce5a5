import type { SpanFact } from '#server/decode/span-facts.ts';
import { OperationTable, type Operation } from './operation-table.ts';
import { SpanCell } from './span-cell.ts';

/** What may be told apart. The rest is counted together: it keeps its service as long as that one is known. */
export interface SpanLimits {
  services: number;
  /** Of one service. */
  operations: number;
  /** Of all services; each is 19 series. */
  cells: number;
}

export const SPAN_LIMITS: SpanLimits = { services: 500, operations: 500, cells: 5_000 };
/** A longer name is made of data, and no operation. */
const NAME_BYTES_MAX = 256;
/** As the span metrics connector calls it. */
const OVERFLOW = 'overflow';
const KINDS = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'];
const STATUSES = ['UNSET', 'OK', 'ERROR'];

export type Limit = keyof SpanLimits | 'name_bytes';

/** All totals, found by the bytes of a span's name so that no string is made of it. */
export class SpanCatalogue {
  /** Spans that were counted as overflow since they were last asked for. */
  readonly overflowed = new Map<Limit, number>();
  readonly #limits: SpanLimits;
  readonly #instance: string;
  readonly #services = new Map<string, OperationTable>();
  #cells = 0;

  constructor(instance: string, limits = SPAN_LIMITS) {
    this.#instance = instance;
    this.#limits = limits;
  }

  get cells(): number {
    return this.#cells;
  }

  /** The cell that a span is counted in; a new one was zero at `bornMs`. */
  cell(service: string, bytes: Uint8Array, fact: SpanFact, bornMs: number): SpanCell {
    const table = this.#table(service);
    const place = fact.kind * STATUSES.length + fact.status;
    let operation = this.#operation(table, bytes, fact, place);
    if (typeof operation === 'string') {
      this.overflowed.set(operation, (this.overflowed.get(operation) ?? 0) + 1);
      operation = table.overflow;
    }
    let cell = operation.cells[place];
    if (!cell) {
      cell = new SpanCell(this.#labels(table, operation, fact), bornMs);
      operation.cells[place] = cell;
      this.#cells++;
    }
    return cell;
  }

  each(use: (cell: SpanCell) => void): void {
    for (const table of this.#services.values()) {
      for (const operation of table.all()) {
        for (const cell of operation.cells) if (cell) use(cell);
      }
    }
  }

  /** Forgets cells, and with the last of them their operation and service, whose places are free again. */
  forget(isOver: (cell: SpanCell) => boolean): void {
    for (const [name, table] of this.#services) {
      const empty: Operation[] = [];
      for (const operation of table.all()) {
        for (const [place, cell] of operation.cells.entries()) {
          if (!cell || !isOver(cell)) continue;
          operation.cells[place] = undefined;
          this.#cells--;
        }
        if (!operation.cells.some(Boolean)) empty.push(operation);
      }
      for (const operation of empty) table.delete(operation);
      if (table.isEmpty) this.#services.delete(name);
    }
  }

  #table(service: string): OperationTable {
    const known = this.#services.get(service);
    if (known) return known;
    const isOver = this.#services.size >= this.#limits.services;
    // No service can be called so: its name would be unknown_service.
    const key = isOver ? '' : service;
    let table = this.#services.get(key);
    if (!table) this.#services.set(key, (table = new OperationTable(isOver ? OVERFLOW : service, isOver)));
    return table;
  }

  /** The operation, or the limit that keeps the span from being counted by its own. */
  #operation(table: OperationTable, bytes: Uint8Array, fact: SpanFact, place: number): Operation | Limit {
    const { nameStart, nameEnd } = fact;
    if (table.isOverflow) return 'services';
    const known = table.find(bytes, nameStart, nameEnd);
    if (known?.cells[place]) return known;
    if (this.#cells >= this.#limits.cells) return 'cells';
    if (known) return known;
    if (nameEnd - nameStart > NAME_BYTES_MAX) return 'name_bytes';
    return table.size >= this.#limits.operations ? 'operations' : table.add(bytes, nameStart, nameEnd);
  }

  #labels(table: OperationTable, operation: Operation, { kind, status }: SpanFact): [string, string][] {
    const labels: [string, string][] = [
      ['collector_instance_id', this.#instance],
      ['service_name', table.service],
      ['span_kind', `SPAN_KIND_${KINDS[kind]!}`],
      ['span_name', operation === table.overflow ? OVERFLOW : operation.name],
      ['status_code', `STATUS_CODE_${STATUSES[status]!}`],
    ];
    return operation === table.overflow ? [...labels, ['otel_metric_overflow', 'true']] : labels;
  }
}
