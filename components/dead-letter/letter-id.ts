import type { DeadLetterInput } from '#server/dead-letters/schema.ts';

/** As the API takes it; its schema would bring its whole library into the page. */
const LETTER_ID = /^([A-Za-z0-9][\w.-]{0,99})~([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Names a dead letter in the address. */
export function letterId({ service, eventId }: DeadLetterInput): string {
  return `${service}~${eventId}`;
}

/** Null for what names none: an address may be typed by hand. */
export function parseLetterId(text: string | null): DeadLetterInput | null {
  const [, service, eventId] = LETTER_ID.exec(text ?? '') ?? [];
  return service !== undefined && eventId !== undefined ? { service, eventId } : null;
}
