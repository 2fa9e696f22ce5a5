import type { HistogramSample } from './histogram-row.ts';
import { ExpositionError, parseSeries, seriesEnd, type ParsedSeries } from './parse-series.ts';

export interface Family {
  type: string;
  help: string;
  unit: string;
}

export interface Point {
  series: ParsedSeries;
  value: number;
  /** Undefined when the exposition leaves the time to the scraper, as most do. */
  timestampMs: number | undefined;
  exemplar?: ParsedExemplar;
  /** A native one, whose value is its count. */
  histogram?: HistogramSample;
}

/** As OpenMetrics has it: `# {labels} value [timestamp]` behind a sample. */
export interface ParsedExemplar {
  labels: ParsedSeries['labels'];
  value: number;
  /** Undefined when it is left to the scraper. */
  timestampMs: number | undefined;
}

export interface Exposition {
  /** By the name in `# TYPE`, `# HELP` or `# UNIT`. */
  families: Map<string, Family>;
  points: Point[];
}

/**
 * Parses Prometheus text 0.0.4, or OpenMetrics 1.0; throws ExpositionError with the line. `known` remembers series by their
 * text from one scrape to the next, because labels are the costly part and seldom change.
 */
export function parseExposition(
  text: string,
  openMetrics: boolean,
  known = new Map<string, ParsedSeries>(),
): Exposition {
  const families = new Map<string, Family>();
  const points: Point[] = [];
  let line = 0;
  let ended = false;
  for (let at = 0; at < text.length;) {
    line++;
    const newline = text.indexOf('\n', at);
    const end = newline === -1 ? text.length : newline;
    const row = text.slice(at, end).trim();
    at = end + 1;
    if (row === '') continue;
    if (ended) throw new ExpositionError(line, 'there is something after # EOF');
    if (row === '# EOF') ended = openMetrics;
    else if (row.startsWith('#')) readComment(row, families, line);
    else points.push(readPoint(row, line, openMetrics, known));
  }
  if (openMetrics && !ended) throw new ExpositionError(line, '# EOF is missing: the exposition was cut off');
  return { families, points };
}

const SUFFIXES = /_(?:bucket|sum|count|total|created|info|gsum|gcount)$/;

/** The family that a metric name belongs to: histograms, summaries and counters have names that extend their family's. */
export function familyOf(name: string, families: Map<string, Family>): Family | undefined {
  return families.get(name) ?? families.get(name.replace(SUFFIXES, ''));
}

const TYPES = new Set([
  'counter',
  'gauge',
  'histogram',
  'summary',
  'untyped',
  'unknown',
  'info',
  'stateset',
  'gaugehistogram',
]);

function readComment(row: string, families: Map<string, Family>, line: number): void {
  const [, keyword, quoted, bare, rest = ''] =
    /^#\s+(TYPE|HELP|UNIT)\s+(?:"((?:[^"\\]|\\.)*)"|(\S+))(?:\s+(.*))?$/.exec(row) ?? [];
  if (keyword === undefined) return;
  const name = quoted === undefined ? bare! : unescape(quoted);
  let family = families.get(name);
  if (!family) families.set(name, (family = { type: '', help: '', unit: '' }));
  if (keyword === 'HELP') family.help = unescape(rest);
  else if (keyword === 'UNIT') family.unit = rest;
  else {
    if (!TYPES.has(rest)) throw new ExpositionError(line, `unknown type ${JSON.stringify(rest)} of ${name}`);
    family.type = rest;
  }
}

function readPoint(row: string, line: number, openMetrics: boolean, known: Map<string, ParsedSeries>): Point {
  const end = seriesEnd(row, line);
  const raw = row.slice(0, end);
  let series = known.get(raw);
  if (!series) known.set(raw, (series = parseSeries(raw, line)));
  const hash = openMetrics ? row.indexOf('#', end) : -1;
  const rest = hash === -1 ? row.slice(end) : row.slice(end, hash);
  const fields = rest.trim().split(/[ \t]+/);
  if (fields.length > 2 || fields[0] === '')
    throw new ExpositionError(line, 'expected a value and at most a timestamp');
  return {
    series,
    value: readValue(fields[0]!, line),
    timestampMs: fields[1] === undefined ? undefined : readTimestamp(fields[1], line, openMetrics),
    ...(hash !== -1 && { exemplar: readExemplar(row.slice(hash + 1).trim(), line) }),
  };
}

function readExemplar(text: string, line: number): ParsedExemplar {
  const end = text.startsWith('{') ? seriesEnd(text, line) : -1;
  if (end === -1) throw new ExpositionError(line, 'an exemplar needs labels in braces');
  const { labels } = parseSeries(`exemplar${text.slice(0, end)}`, line);
  const fields = text
    .slice(end)
    .trim()
    .split(/[ \t]+/);
  if (fields.length > 2) throw new ExpositionError(line, 'an exemplar has a value and at most a timestamp');
  const timestampMs = fields[1] === undefined ? undefined : readTimestamp(fields[1], line, true);
  return { labels, value: readValue(fields[0]!, line), timestampMs };
}

const NUMBER = /^[+-]?(?:\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?|0x[\da-f]+|inf|infinity|nan)$/i;

function readValue(text: string, line: number): number {
  // What Number() takes and the format does not (binary, an empty string) is rare: most values pass here at once.
  const value = Number(text);
  if (!Number.isNaN(value) && NUMBER.test(text)) return value;
  if (!NUMBER.test(text)) throw new ExpositionError(line, `${JSON.stringify(text)} is not a number`);
  if (/nan/i.test(text)) return Number.NaN;
  return text.startsWith('-') ? -Infinity : Infinity;
}

function readTimestamp(text: string, line: number, openMetrics: boolean): number {
  if (!openMetrics && !/^-?\d+$/.test(text)) {
    throw new ExpositionError(line, `the timestamp ${JSON.stringify(text)} is not in whole milliseconds`);
  }
  const value = readValue(text, line);
  if (!Number.isFinite(value)) throw new ExpositionError(line, `the timestamp ${text} is not finite`);
  return openMetrics ? Math.round(value * 1000) : value;
}

function unescape(text: string): string {
  return text.replace(/\\(.)/g, (whole, char: string) => {
    if (char === 'n') return '\n';
    return char === '\\' || char === '"' ? char : whole;
  });
}
