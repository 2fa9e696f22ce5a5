/** Finds a trace id in what was pasted: the id alone, in any case, with dashes, or within a traceparent header or a URL; null when there is none. */
export function readTraceId(text: string): string | null {
  const plain = text.trim().toLowerCase();
  const traceparent = /\b[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}\b/.exec(plain)?.[1];
  const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(plain) ? plain.replaceAll('-', '') : undefined;
  const id = traceparent ?? uuid ?? /(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])/.exec(plain)?.[0];
  return id && !/^0+$/.test(id) ? id : null;
}
