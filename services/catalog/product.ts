/** A product as the shop shows it. */
export interface Product {
  id: string;
  name: string;
  description: string;
  category: string;
  priceCents: number;
  currency: string;
}

export const PRODUCT_COLUMNS = [
  'id',
  'name',
  'description',
  'category',
  'price_cents as priceCents',
  'currency',
] as const;
