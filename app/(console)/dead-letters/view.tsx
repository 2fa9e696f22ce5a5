'use client';

import { useQuery } from '@tanstack/react-query';
import { useQueryStates } from 'nuqs';
import { useState } from 'react';
import { DecideDialog, type AskedDecision } from '#components/dead-letter/decide-dialog.tsx';
import { groupLetters, ofService } from '#components/dead-letter/group-letters.ts';
import { letterId, parseLetterId } from '#components/dead-letter/letter-id.ts';
import { LetterFilterBar } from '#components/dead-letter/letter-filter-bar.tsx';
import { LetterNotes } from '#components/dead-letter/letter-notes.tsx';
import { LetterSheet } from '#components/dead-letter/letter-sheet.tsx';
import { LetterTable } from '#components/dead-letter/letter-table.tsx';
import { NoLetters } from '#components/dead-letter/no-letters.tsx';
import { PickedActions } from '#components/dead-letter/picked-actions.tsx';
import { summariseLetters } from '#components/dead-letter/summarise-letters.ts';
import { useTRPC } from '#components/trpc/context.ts';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { deadLettersQuery } from './queries.ts';
import { deadLettersParams } from './search-params.ts';

export function DeadLettersView() {
  const trpc = useTRPC();
  const [{ service, status, kind, letter }, setParams] = useQueryStates(deadLettersParams, { history: 'push' });
  const list = useQuery(deadLettersQuery(trpc, status));
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<AskedDecision | null>(null);
  const shown = list.data && ofService(list.data, service);
  const letters = shown?.deadLetters ?? [];
  const groups = groupLetters(letters);
  // What is no longer there, or not shown, is not decided about.
  const chosen = status === 'open' ? letters.filter((row) => picked.has(letterId(row))) : [];
  const open = parseLetterId(letter);

  return (
    <>
      <PageHeader title="Dead letters" lead={shown ? summariseLetters(shown, status) : ' '} />
      <div className="flex flex-col gap-5">
        <Panel label="Filters">
          <LetterFilterBar
            filters={{ service, status }}
            list={list.data}
            onChange={(change) => {
              setPicked(new Set());
              void setParams(change);
            }}
          />
        </Panel>
        <Panel
          title="By service and type"
          actions={
            chosen.length > 0 && (
              <PickedActions
                count={chosen.length}
                onDecide={(decision) => setAsked({ decision, letters: chosen })}
                onClear={() => setPicked(new Set())}
              />
            )
          }
        >
          {shown && <LetterNotes list={shown} retry={() => void list.refetch()} />}
          <QueryState
            query={list}
            what="The dead letters"
            loading={<SkeletonRows rows={6} />}
            isEmpty={() => groups.length === 0}
            empty={
              <NoLetters
                status={status}
                service={service}
                list={shown}
                onClear={() => void setParams({ service: null })}
              />
            }
          >
            {() => (
              <LetterTable
                groups={groups}
                // One alone has nothing to be folded away from.
                unfolded={groups.length === 1 ? groups.map(({ id }) => id) : kind}
                selected={letter}
                picked={status === 'open' ? picked : null}
                onPick={(ids, isPicked) => {
                  const next = new Set(picked);
                  for (const id of ids)
                    if (isPicked) next.add(id);
                    else next.delete(id);
                  setPicked(next);
                }}
                onUnfold={(group, isUnfolded) =>
                  void setParams(
                    { kind: isUnfolded ? [...kind, group] : kind.filter((id) => id !== group) },
                    { history: 'replace' },
                  )
                }
                onSelect={(id) => void setParams({ letter: id })}
              />
            )}
          </QueryState>
        </Panel>
      </div>
      {open && <LetterSheet letter={open} onDecide={setAsked} onClose={() => void setParams({ letter: null })} />}
      {asked && (
        <DecideDialog
          {...asked}
          onClose={() => {
            setAsked(null);
            setPicked(new Set());
          }}
        />
      )}
    </>
  );
}
