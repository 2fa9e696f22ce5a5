/** Numbers that grow at their end. What was handed out never changes, so questions that run may keep their pieces. */
export class GrowingColumn {
  #numbers: Float64Array;
  #length: number;

  constructor(numbers: Float64Array) {
    this.#numbers = numbers;
    this.#length = numbers.length;
  }

  get bytes(): number {
    return this.#numbers.byteLength;
  }

  piece(from: number, until: number): Float64Array {
    return this.#numbers.subarray(from, until);
  }

  /** The column with these numbers from a place on: itself where they agree with what it holds, else another one. */
  continued(place: number, numbers: Float64Array): GrowingColumn {
    const held = Math.min(this.#length - place, numbers.length);
    if (!isSame(this.#numbers.subarray(place, place + held), numbers.subarray(0, held))) {
      const other = new GrowingColumn(this.#numbers.slice(0, place));
      return other.continued(place, numbers);
    }
    if (held === numbers.length) return this;
    this.#reserve(place + numbers.length);
    this.#numbers.set(numbers.subarray(held), place + held);
    this.#length = place + numbers.length;
    return this;
  }

  /** How many are not greater, of the first `length` ascending ones. */
  countUntil(number: number, length: number): number {
    let low = 0;
    let high = length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#numbers[middle]! <= number) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #reserve(length: number): void {
    if (length <= this.#numbers.length) return;
    const grown = new Float64Array(Math.ceil(length * GROWTH) + ROOM);
    grown.set(this.#numbers.subarray(0, this.#length));
    this.#numbers = grown;
  }
}

const GROWTH = 1.0625;
/** Of a quarter of an hour at a scrape every 15 s. */
const ROOM = 60;

/** By their bits: a NaN is the same as itself. */
function isSame(a: Float64Array, b: Float64Array): boolean {
  return bytesOf(a).equals(bytesOf(b));
}

function bytesOf({ buffer, byteOffset, byteLength }: Float64Array): Buffer {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
}
