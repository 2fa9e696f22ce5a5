const RESTOCK_BELOW = 100;
const RESTOCK_TO = 600;

/** How many arrive when `left` are left: the shopper shops for months, so the shelves never stay empty. */
export function decideRestock(left: number): number {
  return left < RESTOCK_BELOW ? RESTOCK_TO - left : 0;
}
