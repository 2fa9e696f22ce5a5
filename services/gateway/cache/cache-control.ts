/** The directives of a Cache-Control header by their names in small letters; one without a value has ''. */
export function readDirectives(header: string | string[] | undefined): ReadonlyMap<string, string> {
  const directives = new Map<string, string>();
  for (const [, name = '', quoted, plain] of String(header ?? '').matchAll(DIRECTIVE))
    // Said twice, the first counts.
    if (!directives.has(name.toLowerCase())) directives.set(name.toLowerCase(), quoted ?? plain ?? '');
  return directives;
}

/** A directive's seconds as milliseconds; undefined where it is not said. What is no number means that nothing is promised. */
export function durationMs(directives: ReadonlyMap<string, string>, name: string): number | undefined {
  const said = directives.get(name);
  if (said === undefined) return undefined;
  return /^\d{1,9}$/.test(said) ? Number(said) * 1_000 : 0;
}

const DIRECTIVE = /([\w-]+)(?:\s*=\s*(?:"([^"]*)"|([^\s,]*)))?/g;
