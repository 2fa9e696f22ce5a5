import type { Kysely } from 'kysely';
import { z } from 'zod';
import { getProduct } from './get-product.ts';
import { Review, REVIEW_COLUMNS } from './review.ts';
import type { CatalogTables } from './tables.ts';

export const ListReviewsInput = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(10),
  offset: z.coerce.number().int().min(0).max(10_000).default(0),
});

export const Reviews = z.object({
  reviews: z.array(Review),
  /** Of all, not only of these. */
  total: z.int(),
  averageRating: z.number().nullable(),
});

/** The reviews of a product, newest first. */
export async function listReviews(
  db: Kysely<CatalogTables>,
  productId: string,
  { limit, offset }: z.infer<typeof ListReviewsInput>,
): Promise<z.infer<typeof Reviews>> {
  await getProduct(db, productId);
  const ofProduct = db.selectFrom('reviews').where('product_id', '=', productId);
  const [reviews, all] = await Promise.all([
    ofProduct.select(REVIEW_COLUMNS).orderBy('created_at', 'desc').orderBy('id').limit(limit).offset(offset).execute(),
    ofProduct
      .select(({ fn }) => [fn.countAll<string>().as('total'), fn.avg<string | null>('rating').as('average')])
      .executeTakeFirstOrThrow(),
  ]);
  const averageRating = all.average === null ? null : Math.round(Number(all.average) * 100) / 100;
  return { reviews, total: Number(all.total), averageRating };
}
