import type { Kysely } from 'kysely';
import { z } from 'zod';
import { PRODUCT_COLUMNS, type Product } from './product.ts';
import type { CatalogTables } from './tables.ts';

const IDS_MAX = 50;
export const ProductIds = z.array(z.string().min(3).max(60)).min(1).max(IDS_MAX);

export const ListProductsInput = z.strictObject({
  category: z.string().max(40).optional(),
  /** Words to find in name or description. */
  q: z.string().trim().min(1).max(80).optional(),
  /** Comma-separated: exactly these, for who prices an order. */
  ids: z
    .string()
    .transform((ids) => ids.split(','))
    .pipe(ProductIds)
    .optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  offset: z.coerce.number().int().min(0).max(10_000).default(0),
});

export function listProducts(db: Kysely<CatalogTables>, input: z.infer<typeof ListProductsInput>): Promise<Product[]> {
  let query = db.selectFrom('products').select(PRODUCT_COLUMNS).where('active', '=', true);
  if (input.category !== undefined) query = query.where('category', '=', input.category);
  if (input.ids !== undefined) query = query.where('id', 'in', input.ids);
  if (input.q !== undefined) {
    const pattern = `%${input.q.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    query = query.where((where) => where.or([where('name', 'ilike', pattern), where('description', 'ilike', pattern)]));
  }
  return query
    .orderBy('category')
    .orderBy('name')
    .limit(input.ids === undefined ? input.limit : IDS_MAX)
    .offset(input.offset)
    .execute();
}
