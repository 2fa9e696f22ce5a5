'use client';

import { ScanSearch } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';

const ExplainDialog = dynamic(() => import('./explain-dialog.tsx').then((module) => module.ExplainDialog), {
  ssr: false,
});

export interface ExplainButtonProps {
  /** What the chart shows: its title, or "the map". */
  what: string;
  /** The question of the API behind it, such as services.series. */
  path: string;
  /** As the chart asks it. */
  input: unknown;
}

/** Tells what was asked for a chart and what that cost, by asking it once more. */
export function ExplainButton({ what, path, input }: ExplainButtonProps) {
  const [asked, setAsked] = useState<unknown>();
  return (
    <>
      <Button
        variant="ghost"
        size="icon"
        aria-label={`Explain: ${what}`}
        title="The query behind this, and its cost"
        onClick={() => setAsked(input)}
      >
        <ScanSearch size={15} aria-hidden />
      </Button>
      {asked !== undefined && (
        <ExplainDialog what={what} path={path} input={asked} onClose={() => setAsked(undefined)} />
      )}
    </>
  );
}
