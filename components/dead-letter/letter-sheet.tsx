'use client';

import { useQuery } from '@tanstack/react-query';
import type { DeadLetterInput } from '#server/dead-letters/schema.ts';
import { LIVE } from '#components/live/recent.ts';
import { useTRPC } from '#components/trpc/context.ts';
import { LongText } from '#components/trace/long-text.tsx';
import { AuditTrail } from '#components/ui/audit-trail.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, SheetContent } from '#components/ui/dialog.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import type { AskedDecision } from './decide-dialog.tsx';
import { LetterBadge } from './letter-badge.tsx';
import { LetterFacts } from './letter-facts.tsx';
import { PrintedJson } from './printed-json.tsx';
import { showText } from './show-text.ts';

interface LetterSheetProps {
  letter: DeadLetterInput;
  onDecide: (asked: AskedDecision) => void;
  onClose: () => void;
}

/** One dead letter: why it lies there, what it says, where it came from, and what was done about it. */
export function LetterSheet({ letter, onDecide, onClose }: LetterSheetProps) {
  const trpc = useTRPC();
  const file = useQuery({ ...trpc.deadLetters.get.queryOptions(letter), meta: LIVE });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <SheetContent
        title={<span className="break-words">{file.data ? showText(file.data.type) : 'Dead letter'}</span>}
        description={`Put aside by ${letter.service}`}
      >
        <QueryState query={file} what="The dead letter" loading={<SkeletonRows rows={10} />}>
          {(data) => (
            <>
              <section aria-label="State" className="border-b border-line p-4">
                <LetterBadge status={data.status} />
                <p className="mt-2.5 font-mono text-xs text-ink">
                  <LongText text={showText(data.error) || 'No error was kept.'} />
                </p>
                {data.status === 'open' && (
                  <div className="mt-3.5 flex gap-2">
                    <Button
                      variant="primary"
                      aria-haspopup="dialog"
                      className="max-md:h-9 max-md:px-3.5"
                      onClick={() => onDecide({ decision: 'redrive', letters: [data] })}
                    >
                      Redrive…
                    </Button>
                    <Button
                      aria-haspopup="dialog"
                      className="max-md:h-9 max-md:px-3.5"
                      onClick={() => onDecide({ decision: 'discard', letters: [data] })}
                    >
                      Discard…
                    </Button>
                  </div>
                )}
              </section>
              <section aria-label="Facts" className="border-b border-line p-4">
                <LetterFacts letter={data} />
              </section>
              <PrintedJson title="Payload" value={data.payload} />
              <PrintedJson title="Headers" value={data.headers} />
              {data.audit.length > 0 && (
                <section aria-label="What operators did" className="pb-2">
                  <h3 className="px-4 pb-1.5 pt-3 text-xs font-semibold text-ink">What operators did</h3>
                  <AuditTrail
                    deeds={data.audit.map((line) => ({
                      ...line,
                      what: DEEDS[line.verb] ?? line.verb,
                      reason: showText(line.reason),
                    }))}
                  />
                </section>
              )}
            </>
          )}
        </QueryState>
      </SheetContent>
    </Dialog>
  );
}

const DEEDS: Record<string, string> = {
  'dead-letters.redrive': 'redrove it',
  'dead-letters.discard': 'discarded it',
};
