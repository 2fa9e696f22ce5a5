/** Slots that are taken beyond this share make probing slow. */
const LOAD_MAX = 0.8;
const SLOTS_FIRST = 64;

/** A set of 64-bit hashes with a small weight each, in flat arrays: ten bytes a slot where a Set takes some eighty. */
export class HashTable {
  size = 0;
  weight = 0;
  #lo = new Uint32Array(SLOTS_FIRST);
  #hi = new Uint32Array(SLOTS_FIRST);
  /** 0 is a free slot. */
  #weights = new Uint16Array(SLOTS_FIRST);

  /** The weight of a hash; 0 when it is not there. */
  get(lo: number, hi: number): number {
    return this.#weights[this.#slot(lo, hi)]!;
  }

  /** Adds a hash that is not there; its weight is 1 to 65,535. */
  add(lo: number, hi: number, weight: number): void {
    if (this.size + 1 > this.#weights.length * LOAD_MAX) this.#grow();
    this.#put(lo, hi, weight);
    this.size++;
    this.weight += weight;
  }

  #put(lo: number, hi: number, weight: number): void {
    const slot = this.#slot(lo, hi);
    this.#lo[slot] = lo;
    this.#hi[slot] = hi;
    this.#weights[slot] = weight;
  }

  #slot(lo: number, hi: number): number {
    const mask = this.#weights.length - 1;
    let slot = lo & mask;
    while (this.#weights[slot] !== 0 && (this.#lo[slot] !== lo || this.#hi[slot] !== hi)) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const [los, his, weights] = [this.#lo, this.#hi, this.#weights];
    this.#lo = new Uint32Array(los.length * 2);
    this.#hi = new Uint32Array(los.length * 2);
    this.#weights = new Uint16Array(los.length * 2);
    for (let slot = 0; slot < los.length; slot++) {
      if (weights[slot] !== 0) this.#put(los[slot]!, his[slot]!, weights[slot]!);
    }
  }
}

/**
 * What was seen lately, up to a bound. It is kept in two generations: what is not seen again within the newer one is
 * forgotten with the older, and makes room.
 */
export class ActiveKeys {
  readonly #idleMs: number;
  readonly #shared: { weight: number };
  #now = new HashTable();
  #before = new HashTable();
  /** Weight of the older generation that was not seen again. */
  #beforeLeft = 0;
  #rotatedMs = -Infinity;

  /** `shared` adds up the weight of several of them. */
  constructor(idleMs: number, shared: { weight: number } = { weight: 0 }) {
    this.#idleMs = idleMs;
    this.#shared = shared;
  }

  get weight(): number {
    return this.#now.weight + this.#beforeLeft;
  }

  /** Whether the key is among those that were seen lately, or may be from now on. */
  admit(lo: number, hi: number, weight: number, limits: { own: number; shared: number }, nowMs: number): boolean {
    if (nowMs - this.#rotatedMs >= this.#idleMs) this.#rotate(nowMs);
    if (this.#now.get(lo, hi) !== 0) return true;
    const earlier = this.#before.get(lo, hi);
    if (earlier !== 0) {
      this.#beforeLeft -= earlier;
      this.#now.add(lo, hi, earlier);
      return true;
    }
    if (this.weight + weight > limits.own || this.#shared.weight + weight > limits.shared) return false;
    this.#now.add(lo, hi, weight);
    this.#shared.weight += weight;
    return true;
  }

  /** Takes what it holds out of the shared weight; it is used no more. */
  release(): void {
    this.#shared.weight -= this.weight;
  }

  #rotate(nowMs: number): void {
    const isFirst = this.#rotatedMs === -Infinity;
    this.#rotatedMs = nowMs;
    if (isFirst) return;
    this.#shared.weight -= this.#beforeLeft;
    this.#before = this.#now;
    this.#beforeLeft = this.#before.weight;
    this.#now = new HashTable();
  }
}
