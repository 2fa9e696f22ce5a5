import { Pool } from 'undici';
import { templateOf } from '#services/kit/url-template.ts';
import type { Answer, Ask, ShopDoor } from '../shop-door.ts';
import type { TestRecord } from './record.ts';
import type { Schedule } from './schedule.ts';

/** A shopper gives up on a page after that. */
const PATIENCE_MS = 8_000;

export interface LoadDoorOptions {
  gatewayUrl: string;
  /** Null: whatever the machine chooses. */
  localAddress: string | null;
  schedule: Schedule;
  record: TestRecord;
  now: () => number;
}

/** The gateway as one shopper of a load test sees it: requests go when they are due, and every answer is recorded. */
export function openLoadDoor(options: LoadDoorOptions): { ask: ShopDoor; close: () => Promise<void> } {
  const { gatewayUrl, localAddress, schedule, record, now } = options;
  const { origin, pathname } = new URL(gatewayUrl);
  const prefix = pathname.replace(/\/$/, '');
  const pool = new Pool(origin, {
    connections: 1,
    pipelining: 1,
    ...(localAddress === null ? {} : { localAddress }),
    connect: { timeout: 2_000 },
  });
  const ask: ShopDoor = async (asked) => {
    const dueMs = await schedule.take();
    const sentMs = now();
    const { answer, policy } = await send(pool, prefix, asked);
    const endMs = now();
    record.add({
      route: `${asked.method ?? 'GET'} ${asked.template ?? templateOf(asked.path)}`,
      ...answer,
      waitedMs: endMs - dueMs,
      tookMs: endMs - sentMs,
      policy,
    });
    return answer;
  };
  return { ask, close: () => pool.destroy() };
}

async function send(
  pool: Pool,
  prefix: string,
  { method = 'GET', path, body, token, idempotencyKey }: Ask,
): Promise<{ answer: Answer; policy: string | undefined }> {
  try {
    const response = await pool.request({
      method,
      path: `${prefix}${path}`,
      headers: {
        'user-agent': 'switchyard-loadtest',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const text = await response.body.text();
    const policy = response.headers['ratelimit-policy'];
    return { answer: { status: response.statusCode, body: parse(text) }, policy: policy?.toString() };
  } catch {
    return { answer: { status: 0, body: {} }, policy: undefined };
  }
}

function parse(text: string): Record<string, unknown> {
  try {
    return (JSON.parse(text) ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}
