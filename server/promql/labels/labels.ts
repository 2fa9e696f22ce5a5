export const METRIC_NAME = '__name__';

/** The labels of a series, its name among them, sorted. Immutable; two with the same `key` are the same series. */
export class Labels {
  static readonly empty = new Labels([]);
  /** Names and values in turn. */
  readonly #flat: readonly string[];
  #key: string | undefined;

  private constructor(flat: readonly string[]) {
    this.#flat = flat;
  }

  /** A label without a value is no label. */
  static from(entries: Iterable<readonly [name: string, value: string]>): Labels {
    const sorted = [...entries]
      .filter(([, value]) => value !== '')
      .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return new Labels(sorted.flat());
  }

  get key(): string {
    // Bytes that no UTF-8 text has: no value can pretend to be two labels.
    this.#key ??= this.#flat.join('\uffff');
    return this.#key;
  }

  get size(): number {
    return this.#flat.length / 2;
  }

  get(name: string): string {
    for (let place = 0; place < this.#flat.length; place += 2) {
      if (this.#flat[place] === name) return this.#flat[place + 1]!;
    }
    return '';
  }

  entries(): [name: string, value: string][] {
    const entries: [string, string][] = [];
    for (let place = 0; place < this.#flat.length; place += 2)
      entries.push([this.#flat[place]!, this.#flat[place + 1]!]);
    return entries;
  }

  keep(names: ReadonlySet<string>): Labels {
    return this.#filter((name) => names.has(name));
  }

  without(names: ReadonlySet<string>): Labels {
    return this.#filter((name) => !names.has(name));
  }

  withoutName(): Labels {
    return this.without(ONLY_NAME);
  }

  with(name: string, value: string): Labels {
    return Labels.from([...this.entries().filter(([other]) => other !== name), [name, value]]);
  }

  toJSON(): Record<string, string> {
    return Object.fromEntries(this.entries());
  }

  /** As errors show it: `{__name__="up", job="api"}`. */
  toString(): string {
    return `{${this.entries()
      .map(
        ([name, value]) =>
          `${/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name) ? name : JSON.stringify(name)}=${JSON.stringify(value)}`,
      )
      .join(', ')}}`;
  }

  compare(other: Labels): number {
    const length = Math.min(this.#flat.length, other.#flat.length);
    for (let place = 0; place < length; place++) {
      const [mine, theirs] = [this.#flat[place]!, other.#flat[place]!];
      if (mine !== theirs) return mine < theirs ? -1 : 1;
    }
    return this.#flat.length - other.#flat.length;
  }

  #filter(keep: (name: string) => boolean): Labels {
    const flat: string[] = [];
    for (let place = 0; place < this.#flat.length; place += 2) {
      if (keep(this.#flat[place]!)) flat.push(this.#flat[place]!, this.#flat[place + 1]!);
    }
    return flat.length === this.#flat.length ? this : new Labels(flat);
  }
}

const ONLY_NAME: ReadonlySet<string> = new Set([METRIC_NAME]);
