import type { Kysely } from 'kysely';
import { z } from 'zod';
import { listInput, Total } from '#services/kit/lists/list-input.ts';
import { readPage } from '#services/kit/lists/read-page.ts';
import { getProduct } from './get-product.ts';
import { Review, REVIEW_COLUMNS } from './review.ts';
import type { CatalogTables } from './tables.ts';

export const ListReviewsInput = listInput(['createdAt', 'rating'], '-createdAt', {});

export const Reviews = z.object({
  reviews: z.array(Review),
  total: Total,
  /** Of all, not only of this page. */
  averageRating: z.number().nullable(),
});

/** The reviews of a product, newest first unless asked otherwise. */
export async function listReviews(
  db: Kysely<CatalogTables>,
  productId: string,
  page: z.output<typeof ListReviewsInput>,
): Promise<z.infer<typeof Reviews>> {
  await getProduct(db, productId);
  const ofProduct = db.selectFrom('reviews').where('product_id', '=', productId);
  const [{ rows, total }, { average }] = await Promise.all([
    readPage(ofProduct.select(REVIEW_COLUMNS), { createdAt: 'created_at', rating: 'rating' }, page),
    ofProduct.select(({ fn }) => fn.avg<string | null>('rating').as('average')).executeTakeFirstOrThrow(),
  ]);
  return { reviews: rows, total, averageRating: average === null ? null : Math.round(Number(average) * 100) / 100 };
}
