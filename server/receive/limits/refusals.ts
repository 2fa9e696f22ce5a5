import { Rejections } from '#server/decode/rejections.ts';

/** Who sent the items when a request is of several and what was refused cannot be told apart. */
const SEVERAL = 'several sources';
/** What is remembered of one request. */
const SOURCES_MAX = 100;

/** Whose a request is, and what of it was refused for being over a budget. */
export class Admission {
  readonly sources = new Set<string>();
  readonly refused = new Map<string, Rejections>();

  add(source: string): void {
    if (this.sources.size < SOURCES_MAX) this.sources.add(source);
  }

  refuse(source: string, reason: string, count = 1): void {
    if (count === 0) return;
    let rejections = this.refused.get(source);
    if (!rejections) this.refused.set(source, (rejections = new Rejections()));
    rejections.add(reason, count);
  }

  /** The one who sent it all, or a word for several. */
  get source(): string {
    const [first, second] = this.sources;
    return second === undefined ? (first ?? '') : SEVERAL;
  }

  /** Adds what was found faulty when the rest was decoded, which does not say whose it is; returns all for the sender. */
  with(decoded: Rejections): Rejections {
    for (const [reason, count] of decoded.byReason) this.refuse(this.source, reason, count);
    const all = new Rejections();
    for (const { byReason } of this.refused.values()) for (const [reason, count] of byReason) all.add(reason, count);
    return all;
  }
}
