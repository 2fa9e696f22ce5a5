import { ProtoReader } from '#server/decode/proto-reader.ts';
import type { Budgets, SourceBudget } from './budgets.ts';
import { BytesHash } from './hash-bytes.ts';
import { hideField } from './hide-field.ts';
import { readOrigin } from './read-origin.ts';
import { Admission } from './refusals.ts';

const RECORD_BYTES_MAX = 4 * 1024 ** 2;
/** Where a record has its attributes. */
const ATTRIBUTES_TAG = { traces: 0x4a, logs: 0x32 };

/**
 * Judges spans or log records by the budgets of their sources before they are decoded, and hides from the decoder those that
 * are over. Throws DecodeError when the bytes are no request.
 */
export function admitRecords(
  body: Uint8Array,
  signal: keyof typeof ATTRIBUTES_TAG,
  budgets: Budgets,
  nowMs: number,
): Admission {
  const admission = new Admission();
  const reader = new ProtoReader(body);
  const judge = new RecordJudge(budgets, ATTRIBUTES_TAG[signal], nowMs);
  reader.each(0x0a, () => {
    const origin = readOrigin(reader, budgets);
    const budget = budgets.of(origin.service, nowMs);
    admission.add(budget.name);
    reader.each(0x12, () => {
      while (reader.more) {
        const at = reader.pos;
        const tag = reader.tag();
        if (tag !== 0x12) {
          reader.skip(tag);
          continue;
        }
        const outer = reader.enter();
        const reason = origin.fault ?? judge.refuse(reader, budget);
        reader.pos = reader.limit;
        reader.leave(outer);
        if (reason === undefined) continue;
        admission.refuse(budget.name, reason);
        hideField(body, at);
      }
    });
  });
  return admission;
}

class RecordJudge {
  readonly #budgets: Budgets;
  readonly #attributesTag: number;
  readonly #nowMs: number;
  readonly #hash = new BytesHash();

  constructor(budgets: Budgets, attributesTag: number, nowMs: number) {
    this.#budgets = budgets;
    this.#attributesTag = attributesTag;
    this.#nowMs = nowMs;
  }

  refuse(reader: ProtoReader, budget: SourceBudget): string | undefined {
    const { attributesPerRecord, attributeValueBytes } = this.#budgets.limits;
    if (reader.limit - reader.pos > RECORD_BYTES_MAX) return `over ${RECORD_BYTES_MAX / 1024 ** 2} MiB`;
    let count = 0;
    while (reader.more) {
      const tag = reader.tag();
      if (tag !== this.#attributesTag) {
        reader.skip(tag);
        continue;
      }
      if (++count > attributesPerRecord) {
        return `over ${attributesPerRecord} attributes (INGEST_MAX_ATTRIBUTES_PER_RECORD)`;
      }
      const outer = reader.enter();
      while (reader.more) {
        const field = reader.tag();
        if ((field & 7) !== 2) {
          reader.skip(field);
          continue;
        }
        reader.range();
        if (field === 0x12 && reader.end - reader.start > attributeValueBytes) return tooLong(attributeValueBytes);
        if (field !== 0x0a) continue;
        this.#hash.reset();
        this.#hash.add(reader.bytes, reader.start, reader.end);
        this.#hash.end();
        const reason = budget.refuseKey(this.#hash.lo, this.#hash.hi, this.#nowMs);
        if (reason !== undefined) return reason;
      }
      reader.leave(outer);
    }
    return undefined;
  }
}

export function tooLong(bytes: number): string {
  return `an attribute over ${bytes} bytes (INGEST_MAX_ATTRIBUTE_VALUE_BYTES)`;
}
