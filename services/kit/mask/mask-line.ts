import { isSecretName } from './judge-name.ts';
import { maskFields } from './mask-fields.ts';
import { MASKED, maskText } from './mask-text.ts';

type Fields = Record<string, unknown>;

/** The fields of a log line: secrets that somebody logs by mistake are masked by their names. Texts are let be, for they are ours. */
export function maskLine(fields: Fields): Fields {
  let masked = fields;
  for (const name in fields) {
    const value = fields[name];
    const isSecret = isSecretName(name);
    if (!isSecret && !isNested(value)) continue;
    if (masked === fields) masked = { ...fields };
    masked[name] = isSecret ? MASKED : maskFields(value);
  }
  return masked;
}

/** An error for a span; what is not ours may quote a row or a header in its words. */
export function maskException({ name, message, stack }: Error): { name: string; message: string; stack?: string } {
  return { name, message: maskText(message), ...(stack !== undefined && { stack: maskText(stack) }) };
}

function isNested(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !(value instanceof Error);
}
