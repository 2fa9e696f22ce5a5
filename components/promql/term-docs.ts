import {
  aggregateOpTerms,
  binOpModifierTerms,
  functionIdentifierTerms,
} from '@prometheus-io/codemirror-promql/dist/esm/complete/promql.terms.js';

export interface TermDoc {
  title: string;
  text: string;
}

/** What a word of the language means: functions, aggregations, matching. */
export function termDoc(word: string): TermDoc | null {
  const call = functionIdentifierTerms.find(({ label }) => label === word);
  if (call) return { title: `${word}()`, text: call.info };
  const term = [...aggregateOpTerms, ...binOpModifierTerms].find(({ label }) => label === word);
  return term ? { title: word, text: term.info } : null;
}
