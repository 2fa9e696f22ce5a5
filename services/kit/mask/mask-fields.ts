import { isPerson, isSecretName } from './judge-name.ts';
import { MASKED, maskText } from './mask-text.ts';

/** Deeper, nothing is told. */
const DEPTH_MAX = 12;

/** A copy in which the values of secret and personal fields are masked, and in all other texts what looks like one. */
export function maskFields(value: unknown, isOfPerson = false, depth = 0): unknown {
  if (typeof value === 'string') return maskText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEPTH_MAX) return MASKED;
  if (Array.isArray(value)) return value.map((each) => maskFields(each, isOfPerson, depth + 1));
  const fields = Object.entries(value);
  // `name` alone says nothing; beside an address or below `user` it is a person's.
  const isPersonal = isOfPerson || fields.some(([name]) => isSecretName(name));
  return Object.fromEntries(
    fields.map(([name, each]) => [
      name,
      isSecretName(name) || (isPersonal && name === 'name' && typeof each === 'string')
        ? MASKED
        : maskFields(each, isPerson(name), depth + 1),
    ]),
  );
}

/** The query of a URL, by the same rules; without its question mark. */
export function maskQuery(query: string): string {
  const masked = new URLSearchParams();
  for (const [name, value] of new URLSearchParams(query))
    masked.append(name, isSecretName(name) ? MASKED : maskText(value));
  return masked.toString();
}
