'use client';

import { GitCompareArrows } from 'lucide-react';
import Link from 'next/link';
import { Button, buttonClass } from '#components/ui/button.tsx';
import { compareHref } from './compare-href.ts';

/** Leads from the ticked traces to their comparison. */
export function ComparePicks({ picked, onClear }: { picked: readonly string[]; onClear: () => void }) {
  const [a, b] = picked;
  if (!a) return null;
  return (
    <>
      {b ? (
        <Link href={compareHref(a, b)} prefetch={false} className={buttonClass('primary')}>
          <GitCompareArrows size={12} aria-hidden /> Compare the two
        </Link>
      ) : (
        <span className="text-xs text-ink-muted">tick another to compare</span>
      )}
      <Button variant="ghost" onClick={onClear}>
        Clear
      </Button>
    </>
  );
}
