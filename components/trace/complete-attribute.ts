import type { Suggestion } from './suggest-input.tsx';

const SHOWN_MAX = 60;

/** What of "key", "key=" or "key!=va" is being typed. */
export function readAttributeDraft(text: string): { key: string; op: '' | '=' | '!='; value: string } {
  const [, key = '', op = '', value = ''] = /^\s*([^=!\s]*)\s*(!?=)?\s*([\s\S]*)$/.exec(text) ?? [];
  return { key, op: op === '=' || op === '!=' ? op : '', value: op ? value.trim() : '' };
}

/** Keys that hold what is typed, those that begin with it first; once there is a key, its values. */
export function completeAttribute(
  text: string,
  keys: readonly { key: string; spans: number }[],
  values: readonly { value: string; spans: number }[],
): Suggestion[] {
  const { key, op, value } = readAttributeDraft(text);
  if (op) {
    return ranked(values, value, (each) => each.value).map((each) => ({
      text: `${key}${op}${each.value}`,
      label: each.value === '' ? '(empty)' : each.value,
      count: each.spans,
    }));
  }
  const found: Suggestion[] = ranked(keys, key, (each) => each.key).map((each) => ({
    text: `${each.key}=`,
    label: each.key,
    count: each.spans,
    open: true,
  }));
  // A whole key may mean that it must be there, whatever its value.
  if (!keys.some((each) => each.key === key)) return found;
  return [...found.slice(0, 1), { text: key, label: `${key} is there, with any value` }, ...found.slice(1)];
}

function ranked<T>(items: readonly T[], typed: string, nameOf: (item: T) => string): T[] {
  const wanted = typed.toLowerCase();
  const rank = (item: T) => {
    const name = nameOf(item).toLowerCase();
    if (name === wanted) return 0;
    return name.startsWith(wanted) ? 1 : name.includes(wanted) ? 2 : 3;
  };
  return items
    .map((item) => ({ item, rank: rank(item) }))
    .filter((entry) => entry.rank < 3)
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, SHOWN_MAX)
    .map(({ item }) => item);
}
