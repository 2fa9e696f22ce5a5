import type { Matcher } from '../ast.ts';
import { parseDurationMs } from '../parse/literals.ts';
import { parseExpr } from '../parse/parse.ts';
import { PromqlError } from '../promql-error.ts';

/** Prometheus's own bounds of time: what a listing without start or end means. */
export const TIME_MIN_MS = 0;
export const TIME_MAX_MS = 9_000_000_000_000;

/** Unix seconds or RFC 3339, to the millisecond. */
export function parseTimeMs(params: URLSearchParams, name: string, fallbackMs?: number): number {
  const text = params.get(name) ?? '';
  if (text === '' && fallbackMs !== undefined) return fallbackMs;
  const seconds = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : NaN;
  if (Number.isFinite(seconds)) return Math.round(seconds * 1000);
  const ms = RFC_3339.test(text) ? Date.parse(text) : NaN;
  if (Number.isFinite(ms)) return ms;
  throw invalidParameter(name, `cannot parse ${JSON.stringify(text)} to a valid timestamp`);
}

const RFC_3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[-+]\d\d:\d\d)$/;

/** Seconds or a Prometheus duration. */
export function parseDurationParam(params: URLSearchParams, name: string): number | undefined {
  const text = params.get(name) ?? '';
  if (text === '') return undefined;
  return durationMs(name, text);
}

function durationMs(name: string, text: string): number {
  const ms = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text)
    ? Math.round(Number(text) * 1000)
    : parseDurationMs(text);
  if (ms !== undefined && Math.abs(ms) < TIME_MAX_MS) return ms;
  throw invalidParameter(name, `cannot parse ${JSON.stringify(text)} to a valid duration`);
}

export function parseStepMs(params: URLSearchParams): number {
  const stepMs = durationMs('step', params.get('step') ?? '');
  if (stepMs > 0) return stepMs;
  throw invalidParameter(
    'step',
    'zero or negative query resolution step widths are not accepted. Try a positive integer',
  );
}

/** How many results at most; undefined for any number. */
export function parseLimit(params: URLSearchParams): number | undefined {
  const text = params.get('limit') ?? '';
  if (text === '') return undefined;
  const limit = /^\d+$/.test(text) ? Number(text) : undefined;
  if (limit === undefined) throw invalidParameter('limit', `cannot parse ${JSON.stringify(text)} to a valid limit`);
  return limit === 0 ? undefined : limit;
}

export function invalidParameter(name: string, reason: string): PromqlError {
  return new PromqlError('bad_data', `invalid parameter ${JSON.stringify(name)}: ${reason}`);
}

/** Does something with a parameter, whose faults then name it. */
export function withParameter<Result>(name: string, use: () => Result): Result {
  try {
    return use();
  } catch (cause) {
    if (cause instanceof PromqlError && cause.kind === 'bad_data') throw invalidParameter(name, cause.message);
    throw cause;
  }
}

/** The selectors of `match[]`. */
export function parseSelectors(params: URLSearchParams): Matcher[][] {
  return params.getAll('match[]').map((text) => withParameter('match[]', () => parseSelector(text)));
}

function parseSelector(text: string): Matcher[] {
  const expr = parseExpr(text);
  if (expr.kind === 'vectorSelector' && expr.offsetMs === 0 && !expr.at) return expr.matchers;
  throw new PromqlError('bad_data', `1:1: parse error: ${JSON.stringify(text)} is no series selector`);
}
