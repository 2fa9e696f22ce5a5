/** Linear between the two nearest; sorts `values`. NaN counts as the smallest. */
export function quantileOf(q: number, values: Float64Array): number {
  if (values.length === 0 || Number.isNaN(q)) return NaN;
  if (q < 0) return -Infinity;
  if (q > 1) return Infinity;
  values.sort();
  const size = values.length;
  // A typed array sorts NaN to its end.
  let nans = 0;
  while (nans < size && Number.isNaN(values[size - 1 - nans]!)) nans++;
  const at = (place: number) => (place < nans ? NaN : values[place - nans]!);
  const rank = q * (size - 1);
  const lower = Math.max(0, Math.floor(rank));
  const upper = Math.min(size - 1, lower + 1);
  const weight = rank - Math.floor(rank);
  return at(lower) * (1 - weight) + at(upper) * weight;
}
