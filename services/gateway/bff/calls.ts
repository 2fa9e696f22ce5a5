import { z } from 'zod';
import type { ServiceCall } from '#services/kit/call-service.ts';

// What the joined page asks of services, each with the fields that it shows. `contracts.ts` has their owners keep to it.

export const ShownProduct = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  category: z.string(),
  priceCents: z.int(),
  currency: z.string(),
});

export const ShownStock = z.object({ available: z.int() });

export const ShownReviews = z.object({
  reviews: z.array(
    z.object({ id: z.string(), rating: z.int(), text: z.string(), author: z.string(), createdAt: z.string() }),
  ),
  total: z.int(),
  averageRating: z.number().nullable(),
});

/** So many as fit below a product. */
const REVIEWS_SHOWN = 5;

export function askProduct(id: string): ServiceCall<z.infer<typeof ShownProduct>> {
  return { service: 'catalog', method: 'GET', path: `/products/${id}`, answer: ShownProduct };
}

export function askStock(id: string): ServiceCall<z.infer<typeof ShownStock>> {
  return { service: 'inventory', method: 'GET', path: `/inventory/${id}`, answer: ShownStock };
}

export function askReviews(id: string): ServiceCall<z.infer<typeof ShownReviews>> {
  return {
    service: 'catalog',
    method: 'GET',
    path: `/products/${id}/reviews?limit=${REVIEWS_SHOWN}`,
    answer: ShownReviews,
  };
}
