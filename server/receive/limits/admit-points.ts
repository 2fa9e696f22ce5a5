import { ProtoReader } from '#server/decode/proto-reader.ts';
import type { Budgets, SourceBudget } from './budgets.ts';
import { BytesHash } from './hash-bytes.ts';
import { hideField } from './hide-field.ts';
import { readOrigin } from './read-origin.ts';
import { Admission } from './refusals.ts';

const POINT_BYTES_MAX = 1024 ** 2;

/** Where each of the five kinds of data has the attributes of its points, by the tag of the data in a Metric. */
const ATTRIBUTES_TAG: Record<number, number> = { 0x2a: 0x3a, 0x3a: 0x3a, 0x4a: 0x4a, 0x52: 0x0a, 0x5a: 0x3a };
/** Bounds of histograms, packed eight bytes each; what stands for a series each, too. */
const HISTOGRAM = 0x4a;
const SUMMARY = 0x5a;
const BOUNDS_TAG = 0x3a;
const QUANTILE_TAG = 0x32;

/** The same for data points: a new stream counts as the series that it becomes. Throws DecodeError when the bytes are no request. */
export function admitPoints(body: Uint8Array, budgets: Budgets, nowMs: number): Admission {
  const admission = new Admission();
  const reader = new ProtoReader(body);
  const judge = new PointJudge(budgets, nowMs);
  reader.each(0x0a, () => {
    const origin = readOrigin(reader, budgets);
    const budget = budgets.of(origin.service, nowMs);
    admission.add(budget.name);
    reader.each(0x12, () => {
      judge.enterScope(reader, origin.instance);
      reader.each(0x12, () =>
        judge.judgeMetric(reader, budget, origin.fault, (reason, at) => {
          admission.refuse(budget.name, reason);
          hideField(body, at);
        }),
      );
    });
  });
  return admission;
}

class PointJudge {
  readonly #budgets: Budgets;
  readonly #nowMs: number;
  readonly #scope = new BytesHash();
  readonly #metric = new BytesHash();
  readonly #point = new BytesHash();

  constructor(budgets: Budgets, nowMs: number) {
    this.#budgets = budgets;
    this.#nowMs = nowMs;
  }

  enterScope(reader: ProtoReader, instance: { start: number; end: number }): void {
    this.#scope.reset();
    this.#scope.add(reader.bytes, instance.start, instance.end);
    const { pos } = reader;
    reader.each(0x0a, () => this.#scope.add(reader.bytes, reader.pos, (reader.pos = reader.limit)));
    reader.pos = pos;
  }

  judgeMetric(
    reader: ProtoReader,
    budget: SourceBudget,
    fault: string | undefined,
    refuse: (reason: string, tagAt: number) => void,
  ): void {
    const { pos } = reader;
    this.#metric.from(this.#scope);
    // The name may stand behind the points.
    reader.each(0x0a, () => this.#metric.add(reader.bytes, reader.pos, (reader.pos = reader.limit)));
    reader.pos = pos;
    while (reader.more) {
      const data = reader.tag();
      if (ATTRIBUTES_TAG[data] === undefined) {
        reader.skip(data);
        continue;
      }
      const outer = reader.enter();
      while (reader.more) {
        const at = reader.pos;
        const tag = reader.tag();
        if (tag !== 0x0a) {
          reader.skip(tag);
          continue;
        }
        const around = reader.enter();
        const reason = fault ?? this.#judgePoint(reader, data, budget);
        reader.pos = reader.limit;
        reader.leave(around);
        if (reason !== undefined) refuse(reason, at);
      }
      reader.leave(outer);
    }
  }

  #judgePoint(reader: ProtoReader, data: number, budget: SourceBudget): string | undefined {
    const { labelsPerSeries, labelValueBytes } = this.#budgets.limits;
    if (reader.limit - reader.pos > POINT_BYTES_MAX) return `over ${POINT_BYTES_MAX / 1024 ** 2} MiB`;
    const hash = this.#point;
    hash.from(this.#metric);
    let labels = 0;
    let weight = data === HISTOGRAM || data === SUMMARY ? 3 : 1;
    while (reader.more) {
      const tag = reader.tag();
      if ((tag & 7) !== 2) {
        reader.skip(tag);
        continue;
      }
      reader.range();
      const { start, end } = reader;
      if (tag === ATTRIBUTES_TAG[data]) {
        labels++;
        if (end - start > labelValueBytes) return overLabelBytes(labelValueBytes);
        hash.add(reader.bytes, start, end);
      } else if (data === HISTOGRAM && tag === BOUNDS_TAG) weight += (end - start) / 8;
      else if (data === SUMMARY && tag === QUANTILE_TAG) weight++;
    }
    if (labels > labelsPerSeries) return overLabels(labelsPerSeries);
    hash.end();
    return budget.refuseSeries(hash.lo, hash.hi, Math.ceil(weight), this.#nowMs);
  }
}

export function overLabels(count: number): string {
  return `over ${count} labels (INGEST_MAX_LABELS_PER_SERIES)`;
}

export function overLabelBytes(bytes: number): string {
  return `a label over ${bytes} bytes (INGEST_MAX_LABEL_VALUE_BYTES)`;
}
