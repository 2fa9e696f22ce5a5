import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { toClientHeaders, type Headers } from '../proxy/headers.ts';
import type { Route } from '../proxy/routes.ts';
import { readDirectives } from './cache-control.ts';
import { lifetimeOf, type Directives, type Lifetime } from './freshness.ts';

/** An answer with status 200 that is kept. */
export interface StoredAnswer {
  /** As the service sees it, with the query. */
  path: string;
  /** What the service sent. */
  received: IncomingHttpHeaders;
  /** What clients get, beside the age. */
  headers: Headers;
  body: Buffer;
  directives: Directives;
  /** When it was as old as it says itself. */
  bornMs: number;
}

/** `askedMs` is when the service was asked for it: an answer is never younger than its question. */
export function storeAnswer(path: string, received: IncomingHttpHeaders, body: Buffer, askedMs: number): StoredAnswer {
  const headers = toClientHeaders(received);
  delete headers.age;
  // A service that names no version of what it sends is helped out, so that who has it already need not get it again.
  headers.etag ??= `"${createHash('sha1').update(body).digest('base64url')}"`;
  return {
    path,
    received,
    headers,
    body,
    directives: readDirectives(received['cache-control']),
    bornMs: askedMs - ageOf(received),
  };
}

/** The same answer after the service said that it is still so (304), with what it says of it now (RFC 9111 4.3.4). */
export function refreshAnswer(stored: StoredAnswer, told: IncomingHttpHeaders, askedMs: number): StoredAnswer {
  const { 'content-length': _length, 'content-encoding': _encoding, 'content-type': _type, ...updates } = told;
  const { age: _age, ...received } = stored.received;
  return storeAnswer(stored.path, { ...received, ...updates }, stored.body, askedMs);
}

/** How the service can be asked whether it is still so; null where it gave nothing to ask by. */
export function conditionsOf({ received }: StoredAnswer): Headers | null {
  const { etag, 'last-modified': modified } = received;
  if (etag === undefined && modified === undefined) return null;
  return { ...(etag && { 'if-none-match': etag }), ...(modified && { 'if-modified-since': modified }) };
}

export interface Age extends Lifetime {
  ageMs: number;
}

/** By the route that is in force now: another time to live holds for what is kept already. */
export function ageOfStored({ bornMs, received, directives }: StoredAnswer, route: Route, nowMs: number): Age {
  return { ageMs: Math.max(0, nowMs - bornMs), ...lifetimeOf(received, directives, route) };
}

function ageOf({ age }: IncomingHttpHeaders): number {
  return /^\d{1,9}$/.test(age ?? '') ? Number(age) * 1_000 : 0;
}
