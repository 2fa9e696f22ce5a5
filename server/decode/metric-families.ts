import { familyOf, type Family } from './parse-exposition.ts';

/** Names that are remembered; a sender that makes up more than these makes the book begin anew. */
const FAMILIES_MAX = 20_000;
/** As both versions of remote write number them. */
const TYPES = ['unknown', 'counter', 'gauge', 'histogram', 'gaugehistogram', 'summary', 'info', 'stateset'];

/** What senders of remote write 1.0 say about metrics, which comes apart from their samples. */
export class MetricFamilies {
  readonly #families = new Map<string, Family>();

  /** Answers whether that is news. Two senders that word a help differently are not. */
  learn(name: string, family: Family): boolean {
    const known = this.#families.get(name);
    if (known?.type === family.type && known.unit === family.unit) return false;
    if (this.#families.size >= FAMILIES_MAX) this.#families.clear();
    this.#families.set(name, family);
    return true;
  }

  find(series: string): Family | undefined {
    return familyOf(series, this.#families);
  }
}

export function typeName(number: number): string {
  return TYPES[number] ?? 'unknown';
}
