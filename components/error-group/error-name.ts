import type { ErrorGroup } from '#server/error-groups/schema.ts';

/** What a kind of failure is called: its type and its message, or whatever of them was sent. */
export function errorName({ type, message }: Pick<ErrorGroup, 'type' | 'message'>): string {
  return [type, message].filter(Boolean).join(': ') || 'failed without a message';
}
