/** Says yes at most `max` times in a second. */
export function limitPerSecond(max: number, now: () => number = () => performance.now()): () => boolean {
  let second = Number.NaN;
  let count = 0;
  return () => {
    const current = Math.floor(now() / 1_000);
    if (current !== second) [second, count] = [current, 0];
    count++;
    return count <= max;
  };
}
