import { DeadLetterInput } from '#server/dead-letters/schema.ts';

/** Names a dead letter in the address. */
export function letterId({ service, eventId }: DeadLetterInput): string {
  return `${service}~${eventId}`;
}

/** Null for what names none: an address may be typed by hand. */
export function parseLetterId(text: string | null): DeadLetterInput | null {
  const [service, eventId] = text?.split('~') ?? [];
  const parsed = DeadLetterInput.safeParse({ service, eventId });
  return parsed.success ? parsed.data : null;
}
