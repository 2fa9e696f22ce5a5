const CARRIERS = [
  { carrier: 'Swift Parcel', prefix: 'SP' },
  { carrier: 'Green Wheels', prefix: 'GW' },
  { carrier: 'Harbour Post', prefix: 'HP' },
] as const;

/** Spreads orders evenly, and the same order always to the same carrier. */
export function chooseCarrier(orderId: string): (typeof CARRIERS)[number] {
  const share = Number.parseInt(orderId.slice(0, 8), 16) % CARRIERS.length;
  return CARRIERS[share] ?? CARRIERS[0];
}
