import { maskFields } from '../mask/mask-fields.ts';
import type { KeptBytes } from './kept-bytes.ts';

type Headers = Readonly<Record<string, number | string | readonly string[] | undefined>>;

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\b/i;
const FORM_TYPE = /^application\/x-www-form-urlencoded\b/i;

/** A body as a log may tell it: masked and cut; of what cannot be read field by field, type and size alone. Empty if there was none. */
export function tellBody(kept: KeptBytes, headers: Headers, bytesMax: number): string {
  if (kept.bytes === 0) return '';
  const type = String(headers['content-type'] ?? 'unknown type');
  const encoding = headers['content-encoding'];
  const fields = encoding === undefined && kept.isWhole ? readFields(type, kept.text) : undefined;
  if (fields === undefined) return `[${[type, encoding, `${kept.bytes} bytes`].filter(Boolean).join(', ')}]`;
  return cut(JSON.stringify(maskFields(fields)), bytesMax);
}

function readFields(type: string, text: string): unknown {
  if (FORM_TYPE.test(type)) return Object.fromEntries(new URLSearchParams(text));
  if (!JSON_TYPE.test(type)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function cut(text: string, bytesMax: number): string {
  if (Buffer.byteLength(text) <= bytesMax) return text;
  // Where a character was cut in two, its first half is left away.
  const head = Buffer.from(text)
    .subarray(0, bytesMax)
    .toString('utf8')
    .replace(/\uFFFD$/, '');
  return `${head}… [${Buffer.byteLength(text)} bytes]`;
}
