/** Well-mixed 32 bits of a number: the same for the same, so that the ids of a batch can be known again. */
export function mix(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

/** A sequence of numbers in 0..1 by its seed. */
export function createRandom(seed: number): () => number {
  let state = mix(seed + 0x9e3779b9) || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

export function pick<T>(random: () => number, values: readonly T[]): T {
  return values[Math.floor(random() * values.length)]!;
}

/** Bell-shaped around `median` on a logarithmic scale, as durations of requests are. */
export function logNormal(random: () => number, median: number, sigma: number): number {
  const bell = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return median * Math.exp(sigma * bell);
}
