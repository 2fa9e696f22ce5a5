import type { DeadLetterList, DeadLetterRow } from '#server/dead-letters/schema.ts';

/** The dead letters of one service and one type of event. */
export interface LetterGroup {
  id: string;
  service: string;
  type: string;
  /** Newest first. */
  letters: DeadLetterRow[];
  firstMs: number;
  lastMs: number;
  /** Of the newest. */
  error: string;
  /** How many different ones there are. */
  errors: number;
  /** "5", or "1 to 6" where they differ. */
  attempts: string;
}

/** Gathers letters, given newest first, by service and type; the group with the newest comes first. */
export function groupLetters(letters: readonly DeadLetterRow[]): LetterGroup[] {
  const byKind = new Map<string, DeadLetterRow[]>();
  for (const letter of letters) {
    const id = `${letter.service}~${letter.type}`;
    const kind = byKind.get(id);
    if (kind) kind.push(letter);
    else byKind.set(id, [letter]);
  }
  return [...byKind].map(([id, members]) => {
    const newest = members[0]!;
    const attempts = members.map((letter) => letter.attempts);
    const [least, most] = [Math.min(...attempts), Math.max(...attempts)];
    return {
      id,
      service: newest.service,
      type: newest.type,
      letters: members,
      firstMs: Date.parse(members.at(-1)!.deadAt),
      lastMs: Date.parse(newest.deadAt),
      error: newest.error,
      errors: new Set(members.map(({ error }) => error)).size,
      attempts: least === most ? String(most) : `${least} to ${most}`,
    };
  });
}

/** The part of the list that is about one service; all of it for null. */
export function ofService(list: DeadLetterList, service: string | null): DeadLetterList {
  if (service === null) return list;
  return {
    deadLetters: list.deadLetters.filter((row) => row.service === service),
    services: list.services.filter((name) => name === service),
    unreachable: list.unreachable.filter((away) => away.service === service),
  };
}
