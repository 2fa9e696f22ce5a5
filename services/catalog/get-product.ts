import type { Kysely } from 'kysely';
import { ServiceError } from '#services/kit/errors.ts';
import { PRODUCT_COLUMNS, type Product } from './product.ts';
import type { CatalogTables } from './tables.ts';

export async function getProduct(db: Kysely<CatalogTables>, id: string): Promise<Product> {
  const product = await db
    .selectFrom('products')
    .select(PRODUCT_COLUMNS)
    .where('id', '=', id)
    .where('active', '=', true)
    .executeTakeFirst();
  if (!product) throw new ServiceError('NOT_FOUND', 'The shop has no such product.');
  return product;
}
