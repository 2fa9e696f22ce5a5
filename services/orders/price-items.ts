import { ServiceError } from '#services/kit/errors.ts';

export interface WantedItem {
  productId: string;
  quantity: number;
}

export interface PricedItem extends WantedItem {
  name: string;
  unitPriceCents: number;
}

/** One line a product, in the order they were asked for, at the catalogue's prices; refuses what it does not sell. */
export function priceItems(
  wanted: WantedItem[],
  products: { id: string; name: string; priceCents: number }[],
): { items: PricedItem[]; totalCents: number } {
  const quantities = new Map<string, number>();
  for (const { productId, quantity } of wanted) quantities.set(productId, (quantities.get(productId) ?? 0) + quantity);
  const byId = new Map(products.map((product) => [product.id, product]));
  const items = [...quantities].map(([productId, quantity]) => {
    const product = byId.get(productId);
    if (!product)
      throw new ServiceError('BAD_REQUEST', `The shop has no product ${productId}.`, { extra: { productId } });
    return { productId, quantity, name: product.name, unitPriceCents: product.priceCents };
  });
  return { items, totalCents: items.reduce((sum, { quantity, unitPriceCents }) => sum + quantity * unitPriceCents, 0) };
}
