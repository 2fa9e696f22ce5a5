import { Agent, request } from 'undici';
import type { Counter } from 'prom-client';
import { serviceUrl } from '#services/kit/service-url.ts';
import { templateOf, withUrlTemplate } from '#services/kit/url-template.ts';
import type { Pacer } from './pacer.ts';

/** A shopper gives up on a page after that. */
const PATIENCE_MS = 8_000;
const RETRY_AFTER_DEFAULT_S = 1;
const RETRY_AFTER_MAX_S = 10;

export interface Answer {
  /** 0 when the gateway did not answer. */
  status: number;
  body: Record<string, unknown>;
  /** When the shop says that asking again may help. */
  retryAfterMs?: number;
}

export interface Ask {
  method?: 'GET' | 'POST' | 'PUT';
  path: string;
  /** The path without its values, to name the span. */
  template?: string;
  body?: object;
  token?: string;
  idempotencyKey?: string;
}

/** The gateway as the shopper sees it: one request a slot, and whatever happens is an answer. */
export type ShopDoor = (ask: Ask) => Promise<Answer>;

export function openShopDoor(pacer: Pacer, requests: Counter<'outcome'>): ShopDoor {
  const agent = new Agent({ connections: 32, connect: { timeout: 1_000 } });
  const gateway = serviceUrl('gateway');
  return async ({ method = 'GET', path, template = templateOf(path), body, token, idempotencyKey }) => {
    await pacer.take();
    try {
      const response = await withUrlTemplate(template, () =>
        request(`${gateway}${path}`, {
          dispatcher: agent,
          method,
          headers: {
            'user-agent': 'switchyard-shopper',
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
            ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
          },
          body: body === undefined ? undefined : JSON.stringify(body),
          signal: AbortSignal.timeout(PATIENCE_MS),
        }),
      );
      const text = await response.body.text();
      requests.inc({ outcome: outcomeOf(response.statusCode) });
      if (response.statusCode === 429) pacer.pause(readRetryAfterMs(response.headers['retry-after']));
      const retryAfter = response.headers['retry-after'];
      const answer = { status: response.statusCode, body: parse(text) };
      return retryAfter === undefined ? answer : { ...answer, retryAfterMs: readRetryAfterMs(retryAfter) };
    } catch {
      requests.inc({ outcome: 'unanswered' });
      return { status: 0, body: {} };
    }
  };
}

export function isFailure({ status }: Answer): boolean {
  return status === 0 || status >= 500;
}

function outcomeOf(status: number): string {
  if (status >= 500) return 'failed';
  return status >= 400 ? 'refused' : 'served';
}

function readRetryAfterMs(header: string | string[] | undefined): number {
  const seconds = Number(header ?? RETRY_AFTER_DEFAULT_S);
  return Math.min(Number.isFinite(seconds) ? seconds : RETRY_AFTER_DEFAULT_S, RETRY_AFTER_MAX_S) * 1_000;
}

function parse(text: string): Record<string, unknown> {
  try {
    return (JSON.parse(text) ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}
