'use client';

import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { OperationResult } from '#server/gateway/schema.ts';
import { useTRPC } from '#components/trpc/context.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogContent } from '#components/ui/dialog.tsx';
import { Select } from '#components/ui/input.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { ReasonField, useReason } from '#components/ui/reason-field.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { BlastRadius } from './blast-radius.tsx';
import { describeBlast, OPERATIONS, type OperationKind } from './operations.ts';
import { useOperation } from './use-operation.ts';

const MINUTES_DEFAULT = 15;
const EXPIRIES = [
  { minutes: 5, label: '5 minutes' },
  { minutes: MINUTES_DEFAULT, label: '15 minutes' },
  { minutes: 60, label: '1 hour' },
  { minutes: 240, label: '4 hours' },
  { minutes: 1_440, label: '24 hours' },
];

interface OperateDialogProps {
  kind: OperationKind;
  breaker: { reporter: string; name: string };
  onClose: () => void;
  onDone: (kind: OperationKind, result: OperationResult) => void;
}

/** Shows what an operation would touch, asks why, and does it. */
export function OperateDialog({ kind, breaker, onClose, onDone }: OperateDialogProps) {
  const trpc = useTRPC();
  const preview = useQuery({ ...trpc.circuits.preview.queryOptions(breaker), staleTime: 0 });
  const operation = useOperation(breaker);
  const reason = useReason();
  const [minutes, setMinutes] = useState(MINUTES_DEFAULT);
  const { label, explains, confirm, pending } = OPERATIONS[kind];
  const isForce = kind === 'force-open' || kind === 'force-closed';

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const why = reason.take();
    if (why !== null) operation.mutate({ kind, reason: why, minutes }, { onSuccess: (result) => onDone(kind, result) });
  };

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={`${label}: ${breaker.reporter} to ${breaker.name}`} description={explains}>
        <form onSubmit={submit} aria-busy={operation.isPending} className="flex flex-col gap-4">
          <QueryState query={preview} what="What it would touch" loading={<SkeletonRows rows={3} />}>
            {(measured) => (
              <BlastRadius
                name={breaker.name}
                preview={measured}
                sentence={isForce ? describeBlast(kind, breaker.name, minutes, measured) : null}
              />
            )}
          </QueryState>
          <div className="flex flex-wrap items-start gap-3">
            <ReasonField reason={reason} takesFocus className="min-w-56 flex-1" />
            {isForce && (
              <label className="flex flex-col gap-1">
                <span className="text-xs text-ink-muted">Ends by itself after</span>
                <Select value={minutes} onChange={(event) => setMinutes(Number(event.target.value))}>
                  {EXPIRIES.map((expiry) => (
                    <option key={expiry.minutes} value={expiry.minutes}>
                      {expiry.label}
                    </option>
                  ))}
                </Select>
              </label>
            )}
          </div>
          {operation.error && (
            <p role="alert" className="text-critical text-pretty">
              Nothing was changed: {operation.error.message}
            </p>
          )}
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" variant={kind === 'force-open' ? 'danger' : 'primary'} disabled={operation.isPending}>
              {operation.isPending ? pending : confirm}
            </Button>
          </div>
        </form>
      </DialogContent>
    </Dialog>
  );
}
