import type { Alert } from '#server/rules/schema.ts';
import type { Silence } from '#server/silences/schema.ts';

export type MatcherOp = '=' | '!=' | '=~' | '!~';
export const MATCHER_OPS: MatcherOp[] = ['=', '!=', '=~', '!~'];

export interface DraftMatcher {
  name: string;
  op: MatcherOp;
  value: string;
}

export type WireMatcher = Silence['matchers'][number];

export function toWire({ name, op, value }: DraftMatcher): WireMatcher {
  return { name: name.trim(), value, isRegex: op.endsWith('~'), isEqual: op.startsWith('=') };
}

export function fromWire({ name, value, isRegex, isEqual }: WireMatcher): DraftMatcher {
  return { name, value, op: isRegex ? (isEqual ? '=~' : '!~') : isEqual ? '=' : '!=' };
}

/** Exactly this alert: all of its labels, from the rule's name down. */
export function draftFor({ labels }: Pick<Alert, 'labels'>): DraftMatcher[] {
  const names = Object.keys(labels).filter((name) => name !== 'severity');
  names.sort((a, b) => Number(b === 'alertname') - Number(a === 'alertname') || a.localeCompare(b));
  return names.map((name) => ({ name, op: '=', value: labels[name] ?? '' }));
}

/** The matchers that are complete enough to ask the server about; null when none is. */
export function readyMatchers(draft: readonly DraftMatcher[]): WireMatcher[] | null {
  const ready = draft.filter(({ name }) => /^[a-zA-Z_:][\w:]*$/.test(name.trim())).map(toWire);
  return ready.length > 0 ? ready : null;
}
