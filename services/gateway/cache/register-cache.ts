import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { GatewayCache } from './cache.ts';

const PurgeInput = z.strictObject({
  /** As clients ask, `/api/products/tamper`: with everything below it. `/` is everything. */
  prefix: z
    .string()
    .max(2_000)
    .regex(/^\/(?:api\/[^/?].*)?$/, 'Name a path below /api, or / for everything.'),
});

/** What operators ask of the cache, on the admin port: what it holds, and to drop what must not be given any more. */
export function registerCache(admin: FastifyInstance, cache: GatewayCache): void {
  admin.get('/cache', async () => ({ entries: cache.store.count, bytes: cache.store.bytes }));

  admin.post('/cache/purge', async ({ body, log }) => {
    const { prefix } = PurgeInput.parse(body);
    const purged = cache.drop(prefix.replace(/^\/(?:api)?/, '').replace(/\/$/, ''), 'purge');
    log.warn({ prefix, purged }, 'answers were purged from the cache');
    return { prefix, purged };
  });
}
