import type { DeadLetterStatus } from '#server/dead-letters/schema.ts';
import { Badge } from '#components/ui/badge.tsx';

const LOOK = {
  open: { tone: 'warn', word: 'waits for a decision' },
  redriven: { tone: 'ok', word: 'redriven' },
  discarded: { tone: 'neutral', word: 'discarded' },
} as const;

export function LetterBadge({ status }: { status: DeadLetterStatus }) {
  const { tone, word } = LOOK[status];
  return <Badge tone={tone}>{word}</Badge>;
}
