import { ByteBuffer } from './byte-buffer.ts';

const LABELS_MAX = 128;
const BYTES_MAX = 64 * 1024;

/** The labels of one series of a remote write as bytes: strings are made of them only when the series is new. */
export class LabelSet {
  readonly #pairs = new ByteBuffer(1024);
  #count = 0;

  clear(): void {
    this.#pairs.length = 0;
    this.#count = 0;
  }

  /** Adds a name and a value that lie in `bytes`; a DecodeError when they are not UTF-8. */
  add(bytes: Uint8Array, nameStart: number, nameEnd: number, valueStart: number, valueEnd: number): void {
    this.#count++;
    if (this.#count > LABELS_MAX || this.#pairs.length > BYTES_MAX) return;
    this.#pairs.utf8(bytes, nameStart, nameEnd);
    this.#pairs.utf8(bytes, valueStart, valueEnd);
  }

  /** Equal for equal labels in equal order. */
  key(): string {
    return this.#pairs.bytes.toString('latin1', 0, this.#pairs.length);
  }

  /** The metric's name and the other labels, or why they are no series. */
  read(): { name: string; labels: [string, string][] } | string {
    const labels = this.readAll();
    if (typeof labels === 'string') return labels;
    const name = labels.get('__name__');
    labels.delete('__name__');
    return name ? { name, labels: [...labels] } : 'a series needs a name (__name__)';
  }

  /** All labels, or why they are none. */
  readAll(): Map<string, string> | string {
    if (this.#count > LABELS_MAX) return `more than ${LABELS_MAX} labels`;
    if (this.#pairs.length > BYTES_MAX) return `labels must stay below ${BYTES_MAX / 1024} KiB`;
    const texts = this.#texts();
    const labels = new Map<string, string>();
    for (let index = 0; index < texts.length; index += 2) {
      const name = texts[index]!;
      if (name === '') return 'a label needs a name';
      if (labels.has(name)) return 'a label is given twice';
      labels.set(name, texts[index + 1]!);
    }
    return labels;
  }

  #texts(): string[] {
    const { bytes, length } = this.#pairs;
    const texts: string[] = [];
    for (let at = 0; at < length;) {
      let size = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = bytes[at++]!;
        size |= (byte & 0x7f) << shift;
        if (byte < 0x80) break;
      }
      texts.push(bytes.toString('utf8', at, at + size));
      at += size;
    }
    return texts;
  }
}
