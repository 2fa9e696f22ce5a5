import type { CheckSeverity, CheckStatus } from '#server/integrity/schema.ts';
import { Badge } from '#components/ui/badge.tsx';
import { StatusGlyph } from '#components/ui/status-glyph.tsx';
import { checkState } from './check-state.ts';

/** What a check found, as glyph and word; passed stays quiet. */
export function CheckBadge({ status, severity }: { status: CheckStatus; severity: CheckSeverity }) {
  const { word, tone } = checkState(status, severity);
  if (status === 'violated' || status === 'failed') return <Badge tone={tone}>{word}</Badge>;
  return (
    <span className="inline-flex h-5 items-center gap-1.5 align-middle whitespace-nowrap text-xs text-ink-muted">
      <StatusGlyph tone={tone} size={13} />
      {word}
    </span>
  );
}
