import { hash } from 'node:crypto';
import type { Family } from './parse-exposition.ts';
import type { RowSink } from './row-sink.ts';

/** What samples carry of their series; `id` is the hash of name and labels, in halves. */
export interface SeriesId {
  name: string;
  idLo: number;
  idHi: number;
}

/** A series as the store knows it. */
export interface Series extends SeriesId {
  /** Sorted by name, without the metric's own. */
  labels: readonly (readonly [name: string, value: string])[];
}

/** One observation of a series, and whose it is: `trace_id`, `span_id`. */
export interface Exemplar {
  timestampMs: number;
  value: number;
  labels: readonly (readonly [name: string, value: string])[];
}

/** The same name and labels in any order are the same series, in every process and for ever. */
export function createSeries(name: string, unsorted: readonly (readonly [string, string])[]): Series {
  const labels = unsorted.filter(([, value]) => value !== '').toSorted(([a], [b]) => (a < b ? -1 : 1));
  const digest = hash('sha256', JSON.stringify([name, labels]), 'buffer');
  return { name, labels, idLo: digest.readUInt32LE(0), idHi: digest.readUInt32LE(4) };
}

/** In the order of TABLE_COLUMNS.series. */
export function writeSeries(rows: RowSink, series: Series, family: Family | undefined, seenMs: number): void {
  rows.text(series.name);
  rows.u64(series.idLo, series.idHi);
  rows.varuint(series.labels.length);
  for (const [name, value] of series.labels) {
    rows.text(name);
    rows.text(value);
  }
  rows.text(family?.type ?? '');
  rows.text(family?.unit ?? '');
  rows.text(family?.help ?? '');
  rows.i64(seenMs);
  rows.endRow();
}

/** In the order of TABLE_COLUMNS.samples. */
export function writeSample(rows: RowSink, series: SeriesId, timestampMs: number, value: number): void {
  rows.text(series.name);
  rows.u64(series.idLo, series.idHi);
  rows.i64(timestampMs);
  rows.f64(value);
  rows.endRow();
}

/** In the order of TABLE_COLUMNS.exemplars. */
export function writeExemplar(rows: RowSink, series: SeriesId, exemplar: Exemplar): void {
  rows.text(series.name);
  rows.u64(series.idLo, series.idHi);
  rows.i64(exemplar.timestampMs);
  rows.f64(exemplar.value);
  rows.varuint(exemplar.labels.length);
  for (const [name, value] of exemplar.labels) {
    rows.text(name);
    rows.text(value);
  }
  rows.endRow();
}

/** A value as the halves of its bits. */
export function writeSampleBits(rows: RowSink, series: SeriesId, timestampMs: number, lo: number, hi: number): void {
  rows.text(series.name);
  rows.u64(series.idLo, series.idHi);
  rows.i64(timestampMs);
  rows.u64(lo, hi);
  rows.endRow();
}

/**
 * Says that a series has ended, so that no question carries its last value on. It is the one NaN of Prometheus with these
 * bits, which a JavaScript number need not preserve.
 */
export function writeStaleMarker(rows: RowSink, series: SeriesId, timestampMs: number): void {
  writeSampleBits(rows, series, timestampMs, STALE_NAN_LO, STALE_NAN_HI);
}

const STALE_NAN_LO = 0x0000_0002;
const STALE_NAN_HI = 0x7ff0_0000;
