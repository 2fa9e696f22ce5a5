import type { LoadTestStatus } from '#server/load-tests/schema.ts';
import { Badge } from '#components/ui/badge.tsx';
import { TEST_STATES } from './test-state.ts';

/** How a test or a drill ended, or that it runs. */
export function TestBadge({ status }: { status: LoadTestStatus }) {
  const { word, tone } = TEST_STATES[status];
  return (
    <Badge tone={tone} glyph>
      {word}
    </Badge>
  );
}
