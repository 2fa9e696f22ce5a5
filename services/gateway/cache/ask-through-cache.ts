import type { IncomingHttpHeaders } from 'node:http';
import type { CallResult } from '../proxy/call-upstream.ts';
import type { Headers } from '../proxy/headers.ts';
import type { Route } from '../proxy/routes.ts';
import { CLIENT_GONE, classifyError } from '../proxy/upstream-fault.ts';
import type { AnswerStore, Flight, FlightEnd } from './answer-store.ts';
import { readDirectives } from './cache-control.ts';
import { isFreshEnough, namesItsClient, whyNotKept } from './freshness.ts';
import { ageOfStored, conditionsOf, refreshAnswer, storeAnswer, type StoredAnswer } from './stored-answer.ts';

export interface AskedAnswer {
  route: Route;
  method: string;
  /** Of the URI: a service may write it into what it answers. */
  host: string;
  path: string;
  headers: IncomingHttpHeaders;
  /** Aborted when the client leaves. */
  signal: AbortSignal;
}

/** `hit`: no call was made. `collapsed`: that of another served. `stale`: stands in for one that could not be had. `passed`: not kept. */
export type CacheOutcome = 'hit' | 'collapsed' | 'miss' | 'revalidated' | 'stale' | 'passed';

export type CachedResult = { outcome: CacheOutcome; status: CacheStatus } & (
  | {
      kind: 'stored';
      stored: StoredAnswer;
      ageMs: number;
      /** The failure that it stands in for. */
      instead?: CallResult;
    }
  | { kind: 'called'; result: CallResult; instead?: undefined }
);

/** The parameters of Cache-Status (RFC 9211). */
export interface CacheStatus {
  hit?: boolean;
  fwd?: 'uri-miss' | 'vary-miss' | 'stale' | 'request' | 'bypass';
  fwdStatus?: number | undefined;
  ttlMs?: number;
  stored?: boolean;
  collapsed?: boolean;
  detail?: string | undefined;
}

export interface ResponseCache {
  store: AnswerStore;
  entryBytesMax: number;
  now: () => number;
}

/** Only of these could an answer be had again, and only where the service need not judge a condition or cut a piece out. */
export function isCacheable({ method, headers }: { method: string; headers: IncomingHttpHeaders }): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  if ('range' in headers || 'if-match' in headers || 'if-unmodified-since' in headers) return false;
  return !readDirectives(headers['cache-control']).has('no-store');
}

/**
 * Answers from what is kept, or calls, once for all who ask the same at a time. `call` is given the conditions under which the
 * service may answer 304; those of the client are judged here, by what came back.
 */
export async function askThroughCache(
  cache: ResponseCache,
  asked: AskedAnswer,
  call: (conditions: Headers) => Promise<CallResult>,
): Promise<CachedResult> {
  const key = `${asked.route.upstream} ${asked.host} ${asked.path}`;
  const isShared = asked.method === 'GET' && !namesItsClient(asked.headers);
  for (;;) {
    const found = findUsable(cache, key, asked);
    const fresh = found && answerFresh(cache, asked, found);
    if (fresh) return fresh;
    const other = isShared ? cache.store.flightOf(key) : undefined;
    if (!other) return fetchAnswer(cache, asked, { key, found, call, flight: cache.store.begin(key, isShared) });
    const end = await other.ended;
    const served = answerFromFlight(cache, asked, key, end);
    if (served) return served;
    // It would be waited for one after the other, if each waited again for what is not kept.
    if (end.kind !== 'left')
      return fetchAnswer(cache, asked, { key, found, call, flight: cache.store.begin(key, false) });
  }
}

function findUsable({ store }: ResponseCache, key: string, { headers }: AskedAnswer): StoredAnswer | undefined {
  const found = store.find(key, headers);
  return found && (!namesItsClient(headers) || found.directives.has('public')) ? found : undefined;
}

function answerFresh(cache: ResponseCache, { route, headers }: AskedAnswer, stored: StoredAnswer) {
  const { ageMs, freshMs } = ageOfStored(stored, route, cache.now());
  if (!isFreshEnough(headers, ageMs, freshMs)) return undefined;
  return give('hit', stored, ageMs, { hit: true, ttlMs: freshMs - ageMs });
}

/** What came of the call that another made. */
function answerFromFlight(cache: ResponseCache, asked: AskedAnswer, key: string, end: FlightEnd) {
  if (end.kind === 'stored') {
    const found = findUsable(cache, key, asked);
    const fresh = found === end.stored ? answerFresh(cache, asked, end.stored) : undefined;
    return fresh && give('collapsed', fresh.stored, fresh.ageMs, { fwd: 'uri-miss', collapsed: true });
  }
  return end.kind === 'unanswered' ? fallBack(cache, asked, findUsable(cache, key, asked), end.result) : undefined;
}

interface Fetch {
  key: string;
  /** What is kept, and was not fresh enough. */
  found: StoredAnswer | undefined;
  call: (conditions: Headers) => Promise<CallResult>;
  flight: Flight;
}

async function fetchAnswer(cache: ResponseCache, asked: AskedAnswer, fetch: Fetch): Promise<CachedResult> {
  let end: FlightEnd = { kind: 'alone' };
  try {
    const answered = await callAndKeep(cache, asked, fetch);
    if (answered.kind === 'stored' && answered.status.stored) end = { kind: 'stored', stored: answered.stored };
    if (answered.kind === 'called' && isUnanswered(answered.result))
      end = { kind: 'unanswered', result: answered.result };
    if (asked.signal.aborted) end = { kind: 'left' };
    return answered.kind === 'stored' ? answered : fallBack(cache, asked, fetch.found, answered.result, answered);
  } finally {
    fetch.flight.end(end);
  }
}

async function callAndKeep(cache: ResponseCache, asked: AskedAnswer, fetch: Fetch): Promise<CachedResult> {
  const { key, found, call, flight } = fetch;
  const { store } = cache;
  const askedMs = cache.now();
  const fwd = found ? (isStale(cache, asked, found) ? 'stale' : 'request') : 'uri-miss';
  const result = await call((found && conditionsOf(found)) ?? {});
  const keep = (stored: StoredAnswer, outcome: CacheOutcome): CachedResult => {
    store.keep(key, asked.headers, stored, flight.epoch);
    return give(outcome, stored, cache.now() - stored.bornMs, { fwd, fwdStatus: statusOf(result), stored: true });
  };
  const pass = (detail?: string): CachedResult => {
    return { kind: 'called', result, outcome: 'passed', status: { fwd, fwdStatus: statusOf(result), detail } };
  };
  if (result.kind !== 'answer' || result.status >= 500) return pass();
  if (result.status === 304 && found) {
    await result.body.dump().catch(() => undefined);
    return keep(refreshAnswer(found, result.headers, askedMs), 'revalidated');
  }
  const why = asked.method === 'GET' ? whyNotKeptWhole(cache, asked, result) : 'HEAD';
  if (why !== null) {
    // What the service tells anybody now is not what it told then.
    if (asked.method === 'GET' && !namesItsClient(asked.headers)) store.forget(key);
    return pass(why);
  }
  const whole = await readWhole(result, asked.signal);
  if (Buffer.isBuffer(whole)) return keep(storeAnswer(asked.path, result.headers, whole, askedMs), 'miss');
  return { kind: 'called', result: whole, outcome: 'passed', status: { fwd } };
}

/** Only what says how long it is is read first: anything else may never end. */
function whyNotKeptWhole({ entryBytesMax }: ResponseCache, { route, headers }: AskedAnswer, answer: Answer) {
  if (answer.status !== 200) return 'status';
  const bytes = Number(answer.headers['content-length'] ?? Infinity);
  if (bytes > entryBytesMax) return Number.isFinite(bytes) ? 'too large' : 'length unknown';
  return whyNotKept(headers, answer.headers, route);
}

type Answer = Extract<CallResult, { kind: 'answer' }>;

async function readWhole(answer: Answer, signal: AbortSignal): Promise<Buffer | CallResult> {
  try {
    return Buffer.from(await answer.body.arrayBuffer());
  } catch (error) {
    const fault = signal.aborted ? CLIENT_GONE.fault : classifyError(error);
    if (!fault) throw error;
    return { kind: 'fault', fault };
  }
}

/** An older answer instead of a failure, where it is allowed (RFC 5861); else what there is. */
function fallBack(
  { now }: ResponseCache,
  { route }: AskedAnswer,
  found: StoredAnswer | undefined,
  result: CallResult,
  otherwise: CachedResult = { kind: 'called', result, outcome: 'passed', status: { fwd: 'uri-miss', collapsed: true } },
): CachedResult {
  const trouble = troubleOf(result);
  if (trouble === null || !found) return otherwise;
  const { ageMs, freshMs, staleIfErrorMs } = ageOfStored(found, route, now());
  if (ageMs >= freshMs + staleIfErrorMs) return otherwise;
  // The connection of an answer that nobody reads would be lost to the pool.
  if (result.kind === 'answer') void result.body.dump().catch(() => undefined);
  const ttlMs = freshMs - ageMs;
  const detail = `stale-if-error: ${trouble}`;
  const status: CacheStatus = result.kind === 'refused' ? { hit: true } : { fwd: 'stale', fwdStatus: statusOf(result) };
  return { ...give('stale', found, ageMs, { ...status, ttlMs, detail }), instead: result };
}

/** What kept a service from answering, or null; of a client that leaves it says nothing. */
function troubleOf(result: CallResult): string | null {
  if (result.kind === 'refused') return `circuit ${result.refusal.state}`;
  if (result.kind === 'fault') return result.fault.side === 'service' ? result.fault.kind : null;
  return result.status >= 500 ? `HTTP ${result.status}` : null;
}

function isUnanswered(result: CallResult): boolean {
  return result.kind === 'refused' || (result.kind === 'fault' && result.fault.kind === 'timeout');
}

function isStale({ now }: ResponseCache, { route }: AskedAnswer, stored: StoredAnswer): boolean {
  const { ageMs, freshMs } = ageOfStored(stored, route, now());
  return ageMs >= freshMs;
}

function statusOf(result: CallResult): number | undefined {
  return result.kind === 'answer' ? result.status : undefined;
}

function give(outcome: CacheOutcome, stored: StoredAnswer, ageMs: number, status: CacheStatus) {
  return { kind: 'stored' as const, stored, ageMs, outcome, status };
}
