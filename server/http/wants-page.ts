import type { IncomingMessage } from 'node:http';

/** True for browsers, which say that they take HTML, and for the requests that our own pages make for the next one. */
export function wantsPage({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return headers['rsc'] !== undefined || /\btext\/html\b/i.test(headers.accept ?? '');
}
