import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { getProduct } from './get-product.ts';
import { listProducts, ListProductsInput } from './list-products.ts';
import type { CatalogTables } from './tables.ts';

const ProductParams = z.object({ id: z.string().max(60) });

export function addCatalogRoutes(app: FastifyInstance, db: Kysely<CatalogTables>): void {
  app.get('/products', async ({ query }) => ({ products: await listProducts(db, ListProductsInput.parse(query)) }));
  app.get('/products/:id', async ({ params }) => getProduct(db, ProductParams.parse(params).id));
}
