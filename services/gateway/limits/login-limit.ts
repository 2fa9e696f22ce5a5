import type { FastifyReply } from 'fastify';
import { sendQuotaExceeded } from './send-quota-exceeded.ts';
import { limitHeaders } from './limit-headers.ts';
import type { LimitMetrics } from './limit-metrics.ts';
import type { LimitTable } from './limit-table.ts';
import type { Limiter, ReadTiers } from './limiter.ts';
import { noteLoginLimit } from './note-limits.ts';

const ACCOUNT_CHARACTERS_MAX = 200;

export interface LoginLimit {
  /** Counts a try to log in; true when it was refused, and answered. */
  refuse: (client: string, body: Buffer | null, reply: FastifyReply) => Promise<boolean>;
}

/** Counts tries by client and account: guessing one password is slow, many customers behind one address are not held up. */
export function createLoginLimit(
  limits: LimitTable,
  openLimiter: (readTiers: ReadTiers) => Limiter,
  countRefusal: LimitMetrics['countRefusal'],
): LoginLimit {
  const limiter = openLimiter(() => [limits.inForce.login]);
  return {
    refuse: async (client, body, reply) => {
      const key = JSON.stringify([client, readAccount(body)]);
      const uses = await limiter.consume(key);
      const headers = limitHeaders(uses);
      const violated = uses.filter((use) => use.isViolated).map(({ tier: { name } }) => name);
      noteLoginLimit(key, violated);
      for (const name of ['ratelimit-policy', 'ratelimit'] as const) {
        const others = reply.getHeader(name);
        reply.header(name, others === undefined ? headers[name] : `${String(others)}, ${headers[name]}`);
      }
      if (!headers['retry-after']) return false;
      countRefusal(violated);
      reply.header('retry-after', headers['retry-after']);
      sendQuotaExceeded(reply, violated);
      return true;
    },
  };
}

/**
 * Is it a try to log in? The path is decoded once as the service's router does, so that no spelling of it escapes
 * the limit.
 */
export function isLogin(method: string, upstreamPath: string): boolean {
  const [path = ''] = upstreamPath.split('?', 1);
  return method === 'POST' && decodeURIComponent(path).toLowerCase() === '/auth/login';
}

/** As auth reads it; what names no account counts as one. */
function readAccount(body: Buffer | null): string {
  try {
    const { email } = JSON.parse(body?.toString() ?? '') as { email?: unknown };
    return typeof email === 'string' ? email.toLowerCase().slice(0, ACCOUNT_CHARACTERS_MAX) : '';
  } catch {
    return '';
  }
}
