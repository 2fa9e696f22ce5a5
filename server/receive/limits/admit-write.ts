import { ProtoReader } from '#server/decode/proto-reader.ts';
import { overLabelBytes, overLabels } from './admit-points.ts';
import type { Budgets, SourceBudget } from './budgets.ts';
import { BytesHash } from './hash-bytes.ts';
import { hideField } from './hide-field.ts';
import { Admission } from './refusals.ts';

/** Where the fields of a TimeSeries are in each version, and the tag of the series itself. */
const TAGS = {
  1: { series: 0x0a, labels: 0x0a, samples: 0x12, histograms: 0x22 },
  2: { series: 0x2a, labels: 0x0a, samples: 0x12, histograms: 0x1a },
};

/** The same for remote write, whose sender is the source. What is counted as refused are samples and histograms. */
export function admitWrite(
  body: Uint8Array,
  version: 1 | 2,
  source: string,
  budgets: Budgets,
  nowMs: number,
): Admission {
  const admission = new Admission();
  const budget = budgets.of(source, nowMs);
  admission.add(budget.name);
  const reader = new ProtoReader(body);
  const judge = new SeriesJudge(budgets, version, version === 2 ? hashSymbols(body) : undefined, nowMs);
  while (reader.more) {
    const at = reader.pos;
    const tag = reader.tag();
    if (tag !== TAGS[version].series) {
      reader.skip(tag);
      continue;
    }
    const outer = reader.enter();
    const { reason, items } = judge.judge(reader, budget);
    reader.leave(outer);
    if (reason === undefined) continue;
    admission.refuse(budget.name, reason, items);
    hideField(body, at);
  }
  return admission;
}

interface SymbolHashes {
  lo: number[];
  hi: number[];
  bytes: number[];
}

class SeriesJudge {
  readonly #budgets: Budgets;
  readonly #version: 1 | 2;
  readonly #symbols: SymbolHashes | undefined;
  readonly #nowMs: number;
  readonly #hash = new BytesHash();

  constructor(budgets: Budgets, version: 1 | 2, symbols: SymbolHashes | undefined, nowMs: number) {
    this.#budgets = budgets;
    this.#version = version;
    this.#symbols = symbols;
    this.#nowMs = nowMs;
  }

  judge(reader: ProtoReader, budget: SourceBudget): { reason: string | undefined; items: number } {
    const { labelsPerSeries, labelValueBytes } = this.#budgets.limits;
    const tags = TAGS[this.#version];
    let [labels, longest, samples, histograms] = [0, 0, 0, 0];
    this.#hash.reset();
    while (reader.more) {
      const tag = reader.tag();
      if (tag === tags.samples) samples++;
      else if (tag === tags.histograms) histograms++;
      else if (tag === tags.labels) {
        if (this.#symbols) {
          const outer = reader.enter();
          while (reader.more) {
            labels += 0.5;
            longest = Math.max(longest, this.#addSymbol(reader.varint()));
          }
          reader.leave(outer);
          continue;
        }
        reader.range();
        labels++;
        longest = Math.max(longest, reader.end - reader.start);
        this.#hash.add(reader.bytes, reader.start, reader.end);
        continue;
      }
      reader.skip(tag);
    }
    const items = samples + histograms;
    if (labels > labelsPerSeries) return { reason: overLabels(labelsPerSeries), items };
    if (longest > labelValueBytes) return { reason: overLabelBytes(labelValueBytes), items };
    this.#hash.end();
    return { reason: budget.refuseSeries(this.#hash.lo, this.#hash.hi, 1, this.#nowMs, true), items };
  }

  /** A reference to no symbol is the decoder's to refuse. */
  #addSymbol(index: number): number {
    const { lo, hi, bytes } = this.#symbols!;
    this.#hash.number((lo[index] ?? 0) ^ 0x5bd1e995);
    this.#hash.number(hi[index] ?? 0);
    return bytes[index] ?? 0;
  }
}

function hashSymbols(body: Uint8Array): SymbolHashes {
  const symbols: SymbolHashes = { lo: [], hi: [], bytes: [] };
  const hash = new BytesHash();
  const reader = new ProtoReader(body);
  while (reader.more) {
    const tag = reader.tag();
    if (tag !== 0x22) {
      reader.skip(tag);
      continue;
    }
    reader.range();
    hash.reset();
    hash.add(body, reader.start, reader.end);
    symbols.lo.push(hash.lo);
    symbols.hi.push(hash.hi);
    symbols.bytes.push(reader.end - reader.start);
  }
  return symbols;
}
