const CATEGORIES = ['grinders', 'brewers', 'espresso', 'kettles', 'scales', 'cups', 'beans', 'supplies'] as const;
const GOOD_CARDS = ['4242424242424242', '5555555555554444', '378282246310005'] as const;
const BAD_CARDS = ['4000000000000002', '4000000000009995'] as const;

const REVIEWS = [
  { rating: 5, text: 'Just as I hoped. I would buy it again.' },
  { rating: 5, text: 'A present, and it was liked.' },
  { rating: 4, text: 'Good. It came a day later than I thought.' },
  { rating: 3, text: 'Does what it says and no more.' },
  { rating: 1, text: 'Arrived with a dent.' },
] as const;

/** One walk through the shop, decided beforehand. */
export interface Plan {
  category: string;
  /** Follows an old link to a product that is gone. */
  followsDeadLink: boolean;
  looksAtStock: boolean;
  looksAtShipment: boolean;
  readsNotifications: boolean;
  logsInAgain: boolean;
  /** Opens the page that has stock and reviews as well. */
  readsReviews: boolean;
  /** What to say of a thing that was bought. */
  review: { rating: number; text: string } | null;
  /** How many different things, and of each how many. */
  quantities: number[];
  card: string;
}

export function choosePlan(random: () => number = Math.random): Plan {
  return {
    category: pick(CATEGORIES, random),
    followsDeadLink: random() < 0.04,
    looksAtStock: random() < 0.3,
    looksAtShipment: random() < 0.5,
    logsInAgain: random() < 0.05,
    quantities: Array.from({ length: 1 + Math.floor(random() * 3) }, () => 1 + Math.floor(random() ** 2 * 4)),
    card: random() < 0.05 ? pick(BAD_CARDS, random) : pick(GOOD_CARDS, random),
    readsReviews: random() < 0.5,
    readsNotifications: random() < 0.25,
    review: random() < 0.08 ? pick(REVIEWS, random) : null,
  };
}

export function pick<Item>(from: readonly [Item, ...Item[]] | readonly Item[], random: () => number): Item {
  const item = from[Math.floor(random() * from.length)];
  if (item === undefined) throw new RangeError('There is nothing to pick from.');
  return item;
}

/** `count` different ones, or all when there are fewer. */
export function pickSome<Item>(from: readonly Item[], count: number, random: () => number): Item[] {
  const left = [...from];
  const picked: Item[] = [];
  while (picked.length < count && left.length > 0) picked.push(...left.splice(Math.floor(random() * left.length), 1));
  return picked;
}
