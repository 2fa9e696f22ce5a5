import type { AttributeFilter } from '#server/traces/schema.ts';

/** Reads "key=value", "key!=value" or "key" (which must exist); null when there is no key. */
export function parseAttributeFilter(text: string): AttributeFilter | null {
  const [, key = '', op, value = ''] = /^\s*([^=!\s]+)\s*(?:(!?=)\s*([\s\S]*))?$/.exec(text) ?? [];
  if (key === '' || key.length > 255 || value.length > 1000) return null;
  if (!op) return { key, op: 'exists', value: '' };
  return { key, op: op === '!=' ? '!=' : '=', value: value.trim() };
}

/** The text that is read back as the same filter. */
export function writeAttributeFilter({ key, op, value }: AttributeFilter): string {
  return op === 'exists' ? key : `${key}${op}${value}`;
}

/** The search for traces with this value. */
export function attributeHref(key: string, value: string): string {
  return `/traces?attr=${encodeURIComponent(writeAttributeFilter({ key, op: '=', value: value.slice(0, 1000) }))}`;
}
