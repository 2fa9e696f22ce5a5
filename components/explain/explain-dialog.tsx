'use client';

import { useQuery } from '@tanstack/react-query';
import type { Explained } from '#server/explain/schema.ts';
import { formatDuration } from '#components/format/duration.ts';
import { formatInteger } from '#components/format/number.ts';
import { useTRPC } from '#components/trpc/context.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogContent } from '#components/ui/dialog.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import type { ExplainButtonProps } from './explain-button.tsx';
import { StatementView } from './statement-view.tsx';
import { summariseCost } from './summarise-cost.ts';

/** What was asked of the telemetry store for one chart, statement by statement. */
export function ExplainDialog({ what, path, input, onClose }: ExplainButtonProps & { onClose: () => void }) {
  const trpc = useTRPC();
  // Asked anew each time it is opened: what a question costs depends on what is in memory by then.
  const query = useQuery({ ...trpc.explain.query.queryOptions({ path, input }), gcTime: 0, staleTime: Infinity });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={`What is behind ${what}`}
        description="The question was asked once more, as the chart asks it."
        className="w-[min(860px,calc(100vw-32px))]"
      >
        <QueryState query={query} what="The explanation" loading={<SkeletonRows rows={6} />}>
          {(explained) => <Report explained={explained} input={input} />}
        </QueryState>
        <div className="mt-4 flex justify-end gap-2">
          <Button onClick={() => void query.refetch()} disabled={query.isFetching}>
            Ask again
          </Button>
        </div>
      </DialogContent>
    </Dialog>
  );
}

function Report({ explained, input }: { explained: Explained; input: unknown }) {
  const { statements, path, tookMs, fault } = explained;
  const { rows, storeMs } = summariseCost(statements);
  return (
    <div className="flex flex-col gap-4">
      <dl className="grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-3">
        <Figure label="Took" value={formatDuration(tookMs)} />
        <Figure
          label="Statements"
          value={formatInteger(statements.length)}
          note={`${formatDuration(storeMs)} in all`}
        />
        <Figure label="Rows read" value={rows === null ? '–' : formatInteger(rows)} note="after indexes" />
      </dl>
      {fault && (
        <p role="alert" className="rounded-sm border border-critical bg-critical-soft px-3 py-2 text-critical">
          It failed: {fault}
        </p>
      )}
      <p className="break-words text-xs text-ink-muted">
        Asked as <code className="text-ink">{path}</code> with <code className="text-ink">{JSON.stringify(input)}</code>
      </p>
      {statements.length === 0 && !fault && (
        <p className="text-ink-muted">
          Answered without the telemetry store: from memory, or from the control database.
        </p>
      )}
      <ol className="flex flex-col gap-3" aria-label="Statements">
        {statements.map((statement, place) => (
          <li key={place}>
            <StatementView statement={statement} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function Figure({ label, value, note }: { label: string; value: string; note?: string }) {
  return (
    <div>
      <dt className="text-2xs text-ink-faint">{label}</dt>
      <dd className="text-md font-semibold tabular-nums text-ink">{value}</dd>
      {note && <dd className="text-2xs text-ink-faint">{note}</dd>}
    </div>
  );
}
