import type { Kysely } from 'kysely';
import { z } from 'zod';
import { listInput, Total } from '#services/kit/lists/list-input.ts';
import { readPage } from '#services/kit/lists/read-page.ts';
import { Product, PRODUCT_COLUMNS } from './product.ts';
import type { CatalogTables } from './tables.ts';

const IDS_MAX = 50;
export const ProductIds = z.array(z.string().min(3).max(60)).min(1).max(IDS_MAX);

const cents = z.coerce.number().int().min(0).max(100_000_000);

export const ListProductsInput = listInput(['category', 'name', 'priceCents', 'createdAt'], 'category', {
  category: z.string().max(40).optional(),
  /** Words to find in name or description. */
  q: z.string().trim().min(1).max(80).optional(),
  minPriceCents: cents.optional(),
  maxPriceCents: cents.optional(),
  /** Comma-separated: exactly these, for who prices an order. */
  ids: z
    .string()
    .transform((ids) => ids.split(','))
    .pipe(ProductIds)
    .optional(),
});

export const Products = z.object({ products: z.array(Product), total: Total });

const COLUMNS = { category: 'category', name: 'name', priceCents: 'price_cents', createdAt: 'created_at' };

export async function listProducts(
  db: Kysely<CatalogTables>,
  { category, q, minPriceCents, maxPriceCents, ids, ...page }: z.output<typeof ListProductsInput>,
): Promise<z.infer<typeof Products>> {
  if (ids !== undefined) return findProducts(db, ids);
  let query = db.selectFrom('products').select(PRODUCT_COLUMNS).where('active', '=', true);
  if (category !== undefined) query = query.where('category', '=', category);
  if (minPriceCents !== undefined) query = query.where('price_cents', '>=', minPriceCents);
  if (maxPriceCents !== undefined) query = query.where('price_cents', '<=', maxPriceCents);
  if (q !== undefined) {
    const pattern = `%${q.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    query = query.where((where) => where.or([where('name', 'ilike', pattern), where('description', 'ilike', pattern)]));
  }
  const { rows, total } = await readPage(query, COLUMNS, page);
  return { products: rows, total };
}

/** Exactly these, as far as the shop has them; every order asks for its own, so they are not counted by a second statement. */
export async function findProducts(db: Kysely<CatalogTables>, ids: string[]): Promise<z.infer<typeof Products>> {
  const products = await db
    .selectFrom('products')
    .select(PRODUCT_COLUMNS)
    .where('active', '=', true)
    .where('id', 'in', ids)
    .orderBy('id')
    .execute();
  return { products, total: products.length };
}
