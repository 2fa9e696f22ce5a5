'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Play } from 'lucide-react';
import type { CheckRun } from '#server/integrity/schema.ts';
import { formatDuration } from '#components/format/duration.ts';
import { countOf, formatInteger } from '#components/format/number.ts';
import { useTRPC } from '#components/trpc/context.ts';
import { Button } from '#components/ui/button.tsx';
import { StatusGlyph } from '#components/ui/status-glyph.tsx';

/** Runs the check at once and says beside the button what came of it. */
export function RunNow({ name }: { name: string }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const run = useMutation(
    trpc.integrity.run.mutationOptions({
      onSettled: () => queryClient.invalidateQueries(trpc.integrity.pathFilter()),
    }),
  );
  return (
    <>
      <p role="status" className="max-w-[48ch] text-right text-xs text-ink-muted">
        {run.isPending ? null : run.error ? (
          <Outcome tone="critical" text={`It could not be started: ${run.error.message}`} />
        ) : run.data ? (
          <Outcome {...outcomeOf(run.data)} />
        ) : null}
      </p>
      <Button variant="primary" disabled={run.isPending} onClick={() => run.mutate({ name })}>
        <Play size={12} aria-hidden />
        {run.isPending ? 'Running…' : 'Run now'}
      </Button>
    </>
  );
}

function Outcome({ tone, text }: { tone: 'ok' | 'warn' | 'critical'; text: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <StatusGlyph tone={tone} size={12} />
      {text}
    </span>
  );
}

function outcomeOf(run: CheckRun): { tone: 'ok' | 'warn' | 'critical'; text: string } {
  if (run.status === 'failed') return { tone: 'warn', text: 'It failed to run; the message is below.' };
  const took = formatDuration(run.durationMs);
  if (run.status === 'passed') return { tone: 'ok', text: `Passed in ${took}` };
  return {
    tone: 'critical',
    text: `Found ${countOf(run.violations, 'row')} in ${took}, ${formatInteger(run.newViolations)} new`,
  };
}
