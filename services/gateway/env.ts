import { z } from 'zod';
import { readEnv } from '#services/kit/env.ts';
import type { BreakerSettings } from './breaker/decide.ts';
import type { Limits } from './limits/limit-table.ts';

const count = (fallback: number) => z.coerce.number().int().min(1).default(fallback);
const bytes = (fallback: number) => z.coerce.number().int().min(0).default(fallback);
const ms = (fallback: number) => z.coerce.number().int().min(1).max(86_400_000).default(fallback);

const GatewayEnvSchema = z.object({
  /** As the telemetry preload names it: events and polls must tell of the same instance. */
  SERVICE_INSTANCE_ID: z.string().default(() => `gateway-${process.pid}`),
  CIRCUIT_BREAKER_FAILURE_THRESHOLD: count(5),
  CIRCUIT_BREAKER_RESET_TIMEOUT_MS: ms(30_000),
  CIRCUIT_BREAKER_HALF_OPEN_SUCCESS_COUNT: count(2),
  THROTTLE_LIMIT_SHORT: count(20),
  THROTTLE_TTL_SHORT: ms(1000),
  THROTTLE_LIMIT_MEDIUM: count(100),
  THROTTLE_TTL_MEDIUM: ms(10_000),
  THROTTLE_LIMIT_LONG: count(300),
  THROTTLE_TTL_LONG: ms(60_000),
  /** Tries to log in, of one client to one account. */
  THROTTLE_LIMIT_LOGIN: count(5),
  THROTTLE_TTL_LOGIN: ms(900_000),
  /** Shares the limits with other gateways; each counts for itself without it. */
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  /** A limit is not worth more of a client's time: then this gateway counts for itself. */
  THROTTLE_REDIS_TIMEOUT_MS: ms(100),
  /** Where the last known configuration is kept, in `gateway/`; nowhere when unset. */
  DATA_DIR: z.string().optional(),
  UPSTREAM_CONNECT_TIMEOUT_MS: ms(1000),
  UPSTREAM_ANSWER_TIMEOUT_MS: ms(5000),
  UPSTREAM_BODY_TIMEOUT_MS: ms(15_000),
  /** Connections to one service; more requests wait, within the answer's timeout. */
  UPSTREAM_CONNECTIONS_MAX: count(128),
  /** What may be kept of answers, all together; 0 keeps none. */
  GATEWAY_CACHE_BYTES_MAX: bytes(32 * 1024 ** 2),
  /** A larger answer is never kept, and never read before it is passed on. */
  GATEWAY_CACHE_ENTRY_BYTES_MAX: bytes(256 * 1024),
  /** Calls under way at one service, and calls that wait for one of them to end. */
  BULKHEAD_CALLS_MAX: count(128),
  BULKHEAD_WAITING_MAX: z.coerce.number().int().min(0).default(256),
  /** Pages of these origins may ask, by commas; `*` for all. */
  CORS_ORIGINS: z
    .string()
    .default('')
    .transform((list) =>
      list
        .split(',')
        .map((each) => each.trim())
        .filter(Boolean),
    )
    .pipe(z.array(z.union([z.literal('*'), z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin)]))),
  GATEWAY_BODY_BYTES_MAX: count(1024 ** 2),
  GATEWAY_UPLOAD_TIMEOUT_MS: ms(15_000),
});

export type GatewayEnv = z.infer<typeof GatewayEnvSchema>;

/** The gateway's own variables. */
export function readGatewayEnv(source: NodeJS.ProcessEnv = process.env): GatewayEnv {
  return readEnv(GatewayEnvSchema, source);
}

export function breakerSettings(env: GatewayEnv): BreakerSettings {
  return {
    failureThreshold: env.CIRCUIT_BREAKER_FAILURE_THRESHOLD,
    resetTimeoutMs: env.CIRCUIT_BREAKER_RESET_TIMEOUT_MS,
    halfOpenSuccessCount: env.CIRCUIT_BREAKER_HALF_OPEN_SUCCESS_COUNT,
    answerTimeoutMs: env.UPSTREAM_ANSWER_TIMEOUT_MS,
    retriesMax: 1,
  };
}

export function limitsOf(env: GatewayEnv): Limits {
  return {
    tiers: [
      { name: 'short', quota: env.THROTTLE_LIMIT_SHORT, windowMs: env.THROTTLE_TTL_SHORT },
      { name: 'medium', quota: env.THROTTLE_LIMIT_MEDIUM, windowMs: env.THROTTLE_TTL_MEDIUM },
      { name: 'long', quota: env.THROTTLE_LIMIT_LONG, windowMs: env.THROTTLE_TTL_LONG },
    ],
    login: { name: 'login', quota: env.THROTTLE_LIMIT_LOGIN, windowMs: env.THROTTLE_TTL_LOGIN },
  };
}
