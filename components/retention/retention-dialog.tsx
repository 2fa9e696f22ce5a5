'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useDeferredValue, useState, type FormEvent } from 'react';
import { RETENTION_DAYS_MAX, SetRetentionInput, type KeptSignal } from '#server/retention/schema.ts';
import { formatBytes } from '#components/format/bytes.ts';
import { useTRPC } from '#components/trpc/context.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogContent } from '#components/ui/dialog.tsx';
import { Input } from '#components/ui/input.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { describePreview, formatDays, SIGNAL_WORDS } from './describe-retention.ts';

/** Changes how long a signal is kept, once it has been shown what that deletes. */
export function RetentionDialog({ kept, onClose }: { kept: KeptSignal; onClose: () => void }) {
  const { signal, held, defaultDays } = kept;
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [text, setText] = useState(String(kept.days));
  const parsed = SetRetentionInput.safeParse({ signal, days: text.trim() === '' ? Number.NaN : Number(text) });
  const wanted = useDeferredValue(parsed.success ? parsed.data : null);
  const preview = useQuery({
    ...trpc.retention.preview.queryOptions(wanted ?? { signal, days: kept.days }),
    enabled: wanted !== null,
    staleTime: 0,
  });
  const set = useMutation(
    trpc.retention.set.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.retention.pathFilter());
        onClose();
      },
    }),
  );
  const days = parsed.success ? parsed.data.days : null;
  const isShown = wanted !== null && wanted.days === days && preview.isSuccess;
  const deleted = isShown ? preview.data.deleted.bytes : 0;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isShown) set.mutate(wanted);
  }
  const { inText, note } = SIGNAL_WORDS[signal];
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={`How long ${inText} are kept`} description={`${note[0]!.toUpperCase()}${note.slice(1)}.`}>
        <form onSubmit={submit} noValidate aria-busy={set.isPending} className="flex flex-col gap-3.5">
          <div className="flex flex-wrap items-center gap-2">
            <label className="flex items-center gap-2">
              <span className="text-xs text-ink-muted">Days</span>
              <Input
                type="number"
                inputMode="numeric"
                min={1}
                max={RETENTION_DAYS_MAX}
                value={text}
                aria-invalid={!parsed.success}
                onChange={(event) => {
                  setText(event.target.value);
                  set.reset();
                }}
                className="w-28 text-right"
              />
            </label>
            {days !== defaultDays && (
              <Button variant="ghost" onClick={() => setText(String(defaultDays))}>
                Default: {formatDays(defaultDays)}
              </Button>
            )}
          </div>
          {parsed.success ? (
            <section
              aria-label="What it would do"
              className="min-h-16 rounded-md border border-line bg-sunken px-3 py-2.5"
            >
              <QueryState query={preview} what="What it would do" loading={<SkeletonRows rows={2} />}>
                {(data) => {
                  const [deletes, ...room] = describePreview(signal, wanted?.days ?? kept.days, data, held);
                  return (
                    <>
                      <p className={data.deleted.bytes > 0 ? 'font-medium text-critical' : 'font-medium'}>{deletes}</p>
                      {room.map((line) => (
                        <p key={line} className="mt-1 text-xs text-ink-muted text-pretty">
                          {line}
                        </p>
                      ))}
                    </>
                  );
                }}
              </QueryState>
            </section>
          ) : (
            <p role="alert" className="min-h-16 text-xs text-critical">
              {parsed.error.issues[0]?.message}
            </p>
          )}
          {set.error && (
            <p role="alert" className="text-critical text-pretty">
              Nothing was changed: {set.error.message}
            </p>
          )}
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>Cancel</Button>
            <Button
              type="submit"
              variant={deleted > 0 ? 'danger' : 'primary'}
              disabled={!isShown || set.isPending || days === kept.days}
            >
              {deleted > 0 && days !== null
                ? `Delete ${formatBytes(deleted)} and keep ${formatDays(days)}`
                : `Keep ${formatDays(days ?? kept.days)}`}
            </Button>
          </div>
        </form>
      </DialogContent>
    </Dialog>
  );
}
