import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import type { Counter } from 'prom-client';
import { z } from 'zod';
import { authenticateBy } from '#services/kit/authenticate.ts';
import { addRoute } from '#services/kit/openapi/add-route.ts';
import { getProduct } from './get-product.ts';
import { listProducts, ListProductsInput, Products } from './list-products.ts';
import { listReviews, ListReviewsInput, Reviews } from './list-reviews.ts';
import { Product } from './product.ts';
import { Review } from './review.ts';
import type { CatalogTables } from './tables.ts';
import { writeReview, WriteReviewInput } from './write-review.ts';

export const ProductParams = z.object({ id: z.string().max(60) });

const UNKNOWN = { 404: 'The shop has no such product.' };

export interface CatalogRoutesOptions {
  db: Kysely<CatalogTables>;
  jwtSecret: string;
  reviewsWritten: Counter;
}

export function addCatalogRoutes(app: FastifyInstance, { db, jwtSecret, reviewsWritten }: CatalogRoutesOptions): void {
  addRoute(app, {
    method: 'GET',
    url: '/products',
    summary: 'Products, by category, price, words or ids',
    query: ListProductsInput,
    answers: { 200: Products },
    handler: ({ query }) => listProducts(db, query),
  });
  addRoute(app, {
    method: 'GET',
    url: '/products/:id',
    summary: 'One product',
    params: ProductParams,
    answers: { 200: Product },
    refusals: UNKNOWN,
    handler: ({ params }) => getProduct(db, params.id),
  });
  addRoute(app, {
    method: 'GET',
    url: '/products/:id/reviews',
    summary: 'What customers think of a product, newest first',
    params: ProductParams,
    query: ListReviewsInput,
    answers: { 200: Reviews },
    refusals: UNKNOWN,
    handler: ({ params, query }) => listReviews(db, params.id, query),
  });
  addRoute(app, {
    method: 'POST',
    url: '/products/:id/reviews',
    summary: 'Says what a customer thinks of a product, once',
    user: authenticateBy(jwtSecret),
    params: ProductParams,
    body: WriteReviewInput,
    answers: { 201: Review },
    refusals: { ...UNKNOWN, 409: 'This customer has reviewed the product already.' },
    handler: async ({ user, params, body }) => {
      const review = await writeReview(db, user, params.id, body);
      reviewsWritten.inc();
      return review;
    },
  });
}
