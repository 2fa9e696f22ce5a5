/** Names as they stand in a sentence: "a", "a and b", and of more than `max` the first ones: "a, b and 3 more". */
export function enumerate(names: readonly string[], max = Infinity): string {
  const rest = names.length - max;
  const shown = rest > 0 ? [...names.slice(0, max), `${rest} more`] : names;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
