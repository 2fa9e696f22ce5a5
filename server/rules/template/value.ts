import { formatShortest } from './go-number.ts';
import { formatTime } from './humanize.ts';

/** One sample of `query`. */
export interface TemplateSample {
  Labels: Record<string, string>;
  Value: number;
}

/** What the templates of rules compute with. */
export type TemplateValue =
  | string
  | number
  | boolean
  | null
  | Date
  | TemplateValue[]
  | { [name: string]: TemplateValue };

/** An error of a template while it runs; alerts show it in place of the text. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

/** What Go's `if` takes for false: false, zero, nothing, and whatever is empty. */
export function isTrue(value: TemplateValue): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof Date) return true;
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return Boolean(value) || Number.isNaN(value);
}

/** As Go's `%v` prints it. */
export function toText(value: TemplateValue): string {
  if (value === null) return '<no value>';
  if (typeof value === 'number') return formatShortest(value);
  if (Array.isArray(value)) return `[${value.map(toText).join(' ')}]`;
  if (value instanceof Date) return formatTime(value.getTime());
  if (typeof value !== 'object') return String(value);
  return `map[${Object.keys(value)
    .toSorted()
    .map((key) => `${key}:${toText(value[key]!)}`)
    .join(' ')}]`;
}

/** Text that says a number is one, as `strvalue` and labels give it. */
export function toNumber(value: TemplateValue): number {
  if (typeof value === 'number') return value;
  const text = typeof value === 'string' ? value.trim() : '';
  if (/^[-+]?(inf|infinity)$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  const number = text === '' ? NaN : Number(text);
  if (Number.isNaN(number) && !/^nan$/i.test(text)) throw new TemplateError(`${JSON.stringify(value)} is not a number`);
  return number;
}
