import { z } from 'zod';

/** A product as the shop shows it. */
export const Product = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  category: z.string(),
  priceCents: z.int(),
  currency: z.string(),
});
export type Product = z.infer<typeof Product>;

export const PRODUCT_COLUMNS = [
  'id',
  'name',
  'description',
  'category',
  'price_cents as priceCents',
  'currency',
] as const;
