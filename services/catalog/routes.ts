import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { addRoute } from '#services/kit/openapi/add-route.ts';
import { getProduct } from './get-product.ts';
import { listProducts, ListProductsInput } from './list-products.ts';
import { Product } from './product.ts';
import type { CatalogTables } from './tables.ts';

export const ProductParams = z.object({ id: z.string().max(60) });

export function addCatalogRoutes(app: FastifyInstance, db: Kysely<CatalogTables>): void {
  addRoute(app, {
    method: 'GET',
    url: '/products',
    summary: 'Products, by category, words or ids',
    query: ListProductsInput,
    answers: { 200: z.object({ products: z.array(Product) }) },
    handler: async ({ query }) => ({ products: await listProducts(db, query) }),
  });
  addRoute(app, {
    method: 'GET',
    url: '/products/:id',
    summary: 'One product',
    params: ProductParams,
    answers: { 200: Product },
    refusals: { 404: 'The shop has no such product.' },
    handler: ({ params }) => getProduct(db, params.id),
  });
}
