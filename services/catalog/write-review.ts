import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { ServiceError } from '#services/kit/errors.ts';
import type { User } from '#services/kit/tokens.ts';
import { currentTraceId } from '#services/kit/trace-id.ts';
import { getProduct } from './get-product.ts';
import { REVIEW_COLUMNS, type Review } from './review.ts';
import type { CatalogTables } from './tables.ts';

export const WriteReviewInput = z.strictObject({
  rating: z.int().min(1).max(5),
  text: z.string().trim().min(3).max(2_000),
});

/** What a customer thinks of a product, once; throws CONFLICT when it was said before. */
export async function writeReview(
  db: Kysely<CatalogTables>,
  user: User,
  productId: string,
  { rating, text }: z.infer<typeof WriteReviewInput>,
): Promise<Review> {
  await getProduct(db, productId);
  const written = await db
    .insertInto('reviews')
    .values({
      id: randomUUID(),
      product_id: productId,
      user_id: user.id,
      author: user.name,
      rating,
      body: text,
      trace_id: currentTraceId(),
    })
    .onConflict((conflict) => conflict.columns(['product_id', 'user_id']).doNothing())
    .returning(REVIEW_COLUMNS)
    .executeTakeFirst();
  if (!written) throw new ServiceError('CONFLICT', 'You have reviewed this product already.');
  return written;
}
