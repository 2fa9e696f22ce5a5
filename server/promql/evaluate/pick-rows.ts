import { PromqlError } from '../promql-error.ts';
import type { RowGroup } from './aggregate.ts';
import type { VectorSeries } from './values.ts';

/** The rows that are among the k of their group, at the steps where they are. At a single step the best comes first. */
export function pickRows(
  op: 'topk' | 'bottomk' | 'limitk',
  { rows }: RowGroup,
  parameter: Float64Array,
): VectorSeries[] {
  const picked = rows.map((row) => ({ ...row, has: new Uint8Array(row.has.length) }));
  const sign = op === 'bottomk' ? -1 : 1;
  for (let step = 0; step < parameter.length; step++) {
    const limit = toCount(parameter[step]!, rows.length);
    for (const place of pickStep(op, rows, step, limit, sign)) picked[place]!.has[step] = 1;
  }
  const kept = picked.filter(({ has }) => has.includes(1));
  if (parameter.length > 1 || op === 'limitk') return kept;
  return kept.toSorted((a, b) => order(a.values[0]!, b.values[0]!, sign));
}

function toCount(k: number, rows: number): number {
  if (Number.isNaN(k)) throw new PromqlError('execution', 'Parameter value is NaN');
  if (k <= -9_223_372_036_854_776_000 || k >= 9_223_372_036_854_776_000)
    throw new PromqlError('execution', `Scalar value ${k} ${k < 0 ? 'underflows' : 'overflows'} int64`);
  return Math.max(0, Math.min(Math.trunc(k), rows));
}

function pickStep(op: string, rows: VectorSeries[], step: number, limit: number, sign: 1 | -1): number[] {
  const picked: number[] = [];
  if (limit === 0) return picked;
  let weakest = 0;
  for (let place = 0; place < rows.length; place++) {
    const { values, has } = rows[place]!;
    if (has[step] === 0) continue;
    if (picked.length < limit) {
      picked.push(place);
      if (picked.length === limit) weakest = findWeakest(picked, rows, step, sign);
    } else if (op !== 'limitk' && order(values[step]!, rows[picked[weakest]!]!.values[step]!, sign) < 0) {
      picked[weakest] = place;
      weakest = findWeakest(picked, rows, step, sign);
    } else if (op === 'limitk') break;
  }
  return picked;
}

function findWeakest(picked: number[], rows: VectorSeries[], step: number, sign: 1 | -1): number {
  const valueOf = (place: number) => rows[picked[place]!]!.values[step]!;
  let weakest = 0;
  for (let place = 1; place < picked.length; place++) {
    if (order(valueOf(place), valueOf(weakest), sign) > 0) weakest = place;
  }
  return weakest;
}

/** Negative when `a` is better; NaN is worse than any number. */
function order(a: number, b: number, sign: 1 | -1): number {
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : 1;
  if (Number.isNaN(b)) return -1;
  return a === b ? 0 : (b - a) * sign > 0 ? 1 : -1;
}
