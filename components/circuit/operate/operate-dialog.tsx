'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState, type FormEvent } from 'react';
import type { OperationResult } from '#server/circuits/schema.ts';
import { useTRPC } from '#components/trpc/context.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogContent } from '#components/ui/dialog.tsx';
import { Input, Select } from '#components/ui/input.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
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
const REASON_CHARACTERS_MIN = 3;

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
  const [reason, setReason] = useState('');
  const [isReasonMissing, setIsReasonMissing] = useState(false);
  const [minutes, setMinutes] = useState(MINUTES_DEFAULT);
  const reasonField = useRef<HTMLInputElement>(null);
  const reasonId = useId();
  const { label, explains, confirm, pending } = OPERATIONS[kind];
  const isForce = kind === 'force-open' || kind === 'force-closed';

  // Synchronises with the focus traps: the sheet's gives way to the dialog's only after both have run their effects.
  useEffect(() => {
    const timer = setTimeout(() => reasonField.current?.focus());
    return () => clearTimeout(timer);
  }, []);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim().length < REASON_CHARACTERS_MIN) {
      setIsReasonMissing(true);
      reasonField.current?.focus();
      return;
    }
    operation.mutate({ kind, reason: reason.trim(), minutes }, { onSuccess: (result) => onDone(kind, result) });
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
          <div className="flex flex-wrap gap-3">
            <label className="flex min-w-56 flex-1 flex-col gap-1">
              <span className="text-xs text-ink-muted">Reason, for the audit and for colleagues</span>
              <Input
                ref={reasonField}
                value={reason}
                maxLength={300}
                autoComplete="off"
                aria-required
                aria-invalid={isReasonMissing}
                aria-describedby={isReasonMissing ? reasonId : undefined}
                onChange={(event) => {
                  setReason(event.target.value);
                  setIsReasonMissing(false);
                }}
              />
              {isReasonMissing && (
                <span id={reasonId} role="alert" className="text-xs text-critical">
                  Say why, in three letters or more.
                </span>
              )}
            </label>
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
