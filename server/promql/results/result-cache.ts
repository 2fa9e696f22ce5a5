import { isPopulated, timeAt, type Grid, type VectorSeries } from '../evaluate/values.ts';
import { ArrivalsHeard, type ArrivalsRead } from './arrivals.ts';
import { joinRows, sliceGrid, sliceRow, stepsBetween, type Stretch } from './join-rows.ts';

export interface RangeQuestion {
  /** All that the value of a step depends on beside its time. */
  key: string;
  grid: Grid;
  /** See `leadOf`. */
  leadMs: number;
  signal: AbortSignal;
}

export interface Answered {
  rows: VectorSeries[];
  /** What is said beside the rows. */
  notes: Iterable<string>;
  /** Unless it was made of what arrives unnoticed. */
  mayBeKept: boolean;
}

export interface Remembered {
  rows: VectorSeries[];
  /** Of all stretches of which any step is in the range: nobody knows which of their steps gave rise to them. */
  notes: string[];
}

export interface ResultBounds {
  bytesMax: number;
  /** How long after it was stamped an insert may become visible. */
  insertMsMax: number;
  /** Samples that are older than this are seldom followed by another one. */
  settlingMs: number;
  /** The store remembers arrivals for longer. */
  checkedMsMax: number;
}

interface Entry {
  stretch: Stretch;
  /** With the last step of the newest stretch that said so. */
  notes: Map<string, number>;
  /** Steps that depend on no sample after this are known. */
  settledMs: number;
  /** A time of the store before anything was read that the entry was made of. */
  checkedMs: number;
  bytes: number;
}

/**
 * What the steps of range queries gave, so that a graph that is drawn again only evaluates its newest steps. As with the
 * samples in memory nothing is trusted for its age: with each question the store says how far back samples arrived since the
 * last one, and from there on all is evaluated again.
 */
export class ResultCache {
  readonly #arrivals: (sinceMs: number, signal: AbortSignal) => Promise<ArrivalsRead>;
  readonly #bounds: ResultBounds;
  /** The one that was used last comes last. */
  readonly #entries = new Map<string, Entry>();
  #bytes = 0;

  constructor(arrivals: (sinceMs: number, signal: AbortSignal) => Promise<ArrivalsRead>, bounds: ResultBounds) {
    this.#arrivals = arrivals;
    this.#bounds = bounds;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** The rows of a range; `evaluate` is called for the stretches of it that are not known, and its reads say what came in. */
  async rows(
    question: RangeQuestion,
    evaluate: (grid: Grid, heard: ArrivalsHeard) => Promise<Answered>,
  ): Promise<Remembered> {
    const { grid, signal } = question;
    const key = `${question.key} ${Math.ceil(Math.log2(grid.count))} ${grid.startMs % grid.stepMs}`;
    const entry = this.#find(key, grid);
    const known = entry ? knownSteps(entry, question, entry.settledMs) : 0;
    const heard = new ArrivalsHeard(entry ? entry.checkedMs - this.#bounds.insertMsMax : Infinity);
    const notes = new Map<string, number>();
    const stretches: Stretch[] = [];
    let mayBeKept = true;
    const work = async (part: Grid) => {
      if (part.count === 0) return;
      const answered = await evaluate(part, heard);
      stretches.push({ grid: part, rows: answered.rows });
      mayBeKept &&= answered.mayBeKept;
      for (const note of answered.notes) notes.set(note, Math.max(notes.get(note) ?? 0, timeAt(part, part.count - 1)));
    };
    await work(sliceGrid(grid, known, grid.count));
    const arrived = heard.read ?? (await this.#arrivals(heard.sinceMs, signal));
    if (entry) {
      const isRemembered = arrived.storeMs - entry.checkedMs <= this.#bounds.checkedMsMax;
      const right = isRemembered ? Math.min(known, knownSteps(entry, question, arrived.oldestMs - 1)) : 0;
      // Late ones: the steps that may depend on them are evaluated once more.
      await work(sliceGrid(grid, right, known));
      if (right > 0) {
        stretches.push(until(entry.stretch, stepsBetween(entry.stretch.grid, grid) + right));
        for (const [note, timeMs] of entry.notes) notes.set(note, Math.max(notes.get(note) ?? 0, timeMs));
      }
    }
    const joined = joinWithPast(stretches, grid);
    if (mayBeKept) this.#keep(key, question, joined, notes, arrived);
    else this.#remove(key);
    const rows =
      joined.past === 0
        ? joined.rows
        : joined.rows.map((row) => sliceRow(row, joined.past, Infinity)).filter(isPopulated);
    return { rows, notes: [...notes].filter(([, timeMs]) => timeMs >= grid.startMs).map(([note]) => note) };
  }

  #find(key: string, { startMs }: Grid): Entry | undefined {
    const entry = this.#entries.get(key);
    return entry && entry.stretch.grid.startMs <= startMs ? entry : undefined;
  }

  #keep(
    key: string,
    { grid, leadMs }: RangeQuestion,
    { grid: whole, rows }: Stretch,
    said: Map<string, number>,
    { storeMs }: ArrivalsRead,
  ): void {
    const notes = new Map([...said].filter(([, timeMs]) => timeMs >= whole.startMs));
    const settledMs = Math.min(timeAt(grid, grid.count - 1) + leadMs, storeMs - this.#bounds.settlingMs);
    const bytes = ENTRY_BYTES + rows.length * (whole.count * STEP_BYTES + ROW_BYTES);
    this.#remove(key);
    // One that takes most of the room would leave none for the other panels of its dashboard.
    if (bytes > this.#bounds.bytesMax / 4) return;
    this.#entries.set(key, { stretch: { grid: whole, rows }, notes, settledMs, checkedMs: storeMs, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#bounds.bytesMax) return;
      this.#remove(oldest);
    }
  }

  #remove(key: string): void {
    this.#bytes -= this.#entries.get(key)?.bytes ?? 0;
    this.#entries.delete(key);
  }
}

const STEP_BYTES = 9;
/** Labels, texts and objects, roughly. */
const ROW_BYTES = 1000;
const ENTRY_BYTES = 1000;

/** How many of the first steps of a question an entry knows, of those that depend on nothing after a time. */
function knownSteps({ stretch }: Entry, { grid, leadMs }: RangeQuestion, untilMs: number): number {
  const settled = Math.floor((untilMs - leadMs - grid.startMs) / grid.stepMs) + 1;
  const held = stretch.grid.count - stepsBetween(stretch.grid, grid);
  return Math.max(0, Math.min(settled, held, grid.count));
}

/** With as many steps of the past again as were asked for, if they are known: who asks for fewer must not make others ask anew. */
function joinWithPast(stretches: Stretch[], grid: Grid): Stretch & { past: number } {
  const past = Math.min(grid.count, Math.max(...stretches.map((stretch) => stepsBetween(stretch.grid, grid))));
  const whole = sliceGrid(grid, -past, grid.count);
  return { grid: whole, rows: joinRows(stretches, whole), past };
}

function until({ grid, rows }: Stretch, count: number): Stretch {
  return { grid: sliceGrid(grid, 0, count), rows: rows.map((row) => sliceRow(row, 0, count)) };
}
