import type { Expr } from '../ast.ts';
import { Labels } from '../labels/labels.ts';
import { evaluate } from './evaluate.ts';
import { isTooManySamples, tooManySamples, type Evaluation } from './evaluation.ts';
import { createSeries, setHistogram, type Grid, type VectorSeries } from './values.ts';

/** Each refusal makes four pieces of one; a query that does not fit into the 64th part of its range never will. */
const PIECES = 4;
const DEPTH_MAX = 3;

/**
 * The rows of an expression over a grid. Where its samples are too many to be held at a time, the grid is worked on piece
 * after piece: no step depends on another one.
 */
export async function evaluateInPieces(evaluation: Evaluation, expr: Expr, grid: Grid): Promise<VectorSeries[]> {
  return joinRows(await rowsOf(evaluation, expr, grid, DEPTH_MAX, grid), grid);
}

interface Piece {
  grid: Grid;
  rows: VectorSeries[];
}

async function rowsOf(evaluation: Evaluation, expr: Expr, grid: Grid, depth: number, whole: Grid): Promise<Piece[]> {
  try {
    const piece = evaluation.forPiece();
    const rows = await rowsOfPiece(piece, expr, grid);
    // What all pieces answer is held together.
    evaluation.checkSize(rows.length * whole.count);
    return [{ grid, rows }];
  } catch (cause) {
    if (!isTooManySamples(cause) || depth === 0 || grid.count < PIECES) throw cause;
  }
  const pieces: Piece[] = [];
  const count = Math.ceil(grid.count / PIECES);
  for (let from = 0; from < grid.count; from += count) {
    const part: Grid = {
      ...grid,
      startMs: grid.startMs + from * grid.stepMs,
      count: Math.min(count, grid.count - from),
    };
    pieces.push(...(await rowsOf(evaluation, expr, part, depth - 1, whole)));
    if (pieces.reduce((sum, { rows, grid: { count: steps } }) => sum + rows.length * steps, 0) > evaluation.samplesMax)
      throw tooManySamples();
  }
  return pieces;
}

async function rowsOfPiece(evaluation: Evaluation, expr: Expr, grid: Grid): Promise<VectorSeries[]> {
  const value = await evaluate(evaluation, expr, grid);
  if (value.type === 'vector') return value.series;
  if (value.type === 'string') return [];
  return [{ labels: Labels.empty, values: value.values, has: new Uint8Array(grid.count).fill(1) }];
}

function joinRows(pieces: Piece[], grid: Grid): VectorSeries[] {
  if (pieces.length === 1) return pieces[0]!.rows;
  const rows = new Map<string, VectorSeries>();
  for (const { grid: part, rows: found } of pieces) {
    const at = (part.startMs - grid.startMs) / grid.stepMs;
    for (const { labels, values, has, histograms } of found) {
      const row = rows.get(labels.key) ?? createSeries(labels, grid.count);
      rows.set(labels.key, row);
      row.values.set(values, at);
      row.has.set(has, at);
      histograms?.forEach((one, step) => one && setHistogram(row, at + step, one));
    }
  }
  return [...rows.values()];
}
