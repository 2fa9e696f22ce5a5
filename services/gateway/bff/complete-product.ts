import { z } from 'zod';
import { ServiceError } from '#services/kit/errors.ts';
import type { ProxyContext } from '../proxy/proxy-request.ts';
import { askPart, type MissingPart, type Part, type Whole } from './ask-part.ts';
import { askProduct, askReviews, askStock, ShownProduct, ShownReviews, ShownStock } from './calls.ts';

const PartName = z.enum(['product', 'stock', 'reviews']);

export const CompleteProduct = z.object({
  product: ShownProduct,
  stock: ShownStock.nullable(),
  reviews: ShownReviews.nullable(),
  /** Something is missing. */
  partial: z.boolean(),
  missing: z.array(z.object({ part: PartName, reason: z.string() })),
  /** What is older than it should be, because it could not be had anew. */
  stale: z.array(PartName),
});

/** A product with its stock and its reviews, asked for at once; throws NOT_FOUND and UNAVAILABLE where the product itself is missing. */
export async function completeProduct(
  ctx: ProxyContext,
  whole: Whole,
  id: string,
): Promise<z.infer<typeof CompleteProduct>> {
  const [product, stock, reviews] = await Promise.all([
    askPart(ctx, whole, 'product', askProduct(id)),
    askPart(ctx, whole, 'stock', askStock(id)),
    askPart(ctx, whole, 'reviews', askReviews(id)),
  ]);
  if (product.reason !== undefined) throw whyNone(product);
  const parts = Object.entries({ product, stock, reviews }) as [z.infer<typeof PartName>, Part<unknown>][];
  const missing = parts.flatMap(([part, each]) => (each.reason === undefined ? [] : [{ part, reason: each.reason }]));
  return {
    product: product.value,
    stock: stock.value,
    reviews: reviews.value,
    partial: missing.length > 0,
    missing,
    stale: parts.flatMap(([part, each]) => (each.reason === undefined && each.isStale ? [part] : [])),
  };
}

function whyNone({ reason, status, retryAfterMs }: MissingPart): ServiceError {
  if (status === 404) return new ServiceError('NOT_FOUND', 'The shop has no such product.');
  const retryAfterS = retryAfterMs === undefined ? undefined : Math.max(1, Math.ceil(retryAfterMs / 1_000));
  return new ServiceError('UNAVAILABLE', `The product cannot be had: ${reason}.`, { retryAfterS });
}
