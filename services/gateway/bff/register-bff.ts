import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { addRoute } from '#services/kit/openapi/add-route.ts';
import { admitRequest } from '../access/admit-request.ts';
import type { ProxyContext } from '../proxy/proxy-request.ts';
import { CompleteProduct, completeProduct } from './complete-product.ts';

const Params = z.object({ id: z.string().regex(/^[a-z0-9-]{3,60}$/) });

/** What pages ask for at once and several services know. */
export function registerBff(app: FastifyInstance, ctx: ProxyContext): void {
  addRoute(app, {
    method: 'GET',
    url: '/api/bff/product/:id/complete',
    summary: 'A product with its stock and its reviews; what cannot be had is null, and `missing` says why',
    params: Params,
    answers: { 200: CompleteProduct },
    refusals: { 404: 'The shop has no such product.', 503: 'The product itself cannot be had.' },
    handler: async ({ params, request, reply }) => {
      await admitRequest(ctx.access, request, `/bff/product/${params.id}/complete`);
      return completeProduct(ctx, { request, reply }, params.id);
    },
  });
}
