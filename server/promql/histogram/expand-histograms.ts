import { addHistograms, subtractHistograms } from './arithmetic.ts';
import type { Histogram } from './histogram.ts';
import { parseHistogram } from './parse-histogram.ts';

/** `{{…}}`, `{{…}}x3` (three more of the same) or `{{…}}+{{…}}x3` (each more by the second); throws an Error that says what is wrong. */
export function expandHistograms(text: string): Histogram[] {
  const found = /^(\{\{[^}]*\}\})(?:([-+])(\{\{[^}]*\}\}))?(?:x(\d+))?$/.exec(text);
  if (!found) throw new Error(`${JSON.stringify(text)} is no histogram`);
  const [, start, sign, step, times = '0'] = found;
  let value = parseHistogram(start!);
  const values = [value];
  for (let count = 0; count < Number(times); count++) {
    if (step !== undefined) {
      const next = (sign === '-' ? subtractHistograms : addHistograms)(value, parseHistogram(step));
      if (typeof next === 'string') throw new Error(`the histograms of ${text} do not go together`);
      value = { ...next, hint: value.hint };
    }
    values.push(value);
  }
  return values;
}
