'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { isConsolePath, NAME_CHARS_MAX } from '#server/views/schema.ts';
import { showOverlay } from '#components/shell/overlay.ts';
import { useTRPC } from '#components/trpc/context.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogContent } from '#components/ui/dialog.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { Input } from '#components/ui/input.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { ViewRow } from './view-row.tsx';
import { viewsQuery } from './views-query.ts';

/** Saves the page behind it under a name, and keeps the list of what was saved. */
export function ViewsDialog() {
  const trpc = useTRPC();
  const views = useQuery(viewsQuery(trpc));
  return (
    <Dialog open onOpenChange={(open) => !open && showOverlay(null)}>
      <DialogContent
        title="Saved views"
        description="A page with its filters and its time, for all who use this console."
      >
        <SaveForm />
        <section aria-label="Saved" className="mt-4 overflow-hidden rounded-md border border-line">
          <QueryState
            query={views}
            what="The saved views"
            loading={<SkeletonRows rows={3} />}
            isEmpty={(list) => list.length === 0}
            empty={
              <Empty title="Nothing is saved yet">
                Set up a page as you need it again, filters and time included, and give it a name above.
              </Empty>
            }
          >
            {(list) => (
              <ul>
                {list.map((view) => (
                  <ViewRow key={view.id} view={view} />
                ))}
              </ul>
            )}
          </QueryState>
        </section>
      </DialogContent>
    </Dialog>
  );
}

function SaveForm() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  // As it was when the dialog opened: it is the page that is seen behind it.
  const [path] = useState(() => window.location.pathname + window.location.search);
  const [name, setName] = useState('');
  const save = useMutation(
    trpc.views.save.mutationOptions({
      onSuccess: async () => {
        setName('');
        await queryClient.invalidateQueries(trpc.views.pathFilter());
      },
    }),
  );
  if (!isConsolePath(path))
    return <p className="text-ink-muted">This page cannot be saved: it is none of the console’s.</p>;

  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate({ name, path });
  }
  return (
    <form onSubmit={submit}>
      <label htmlFor="view-name" className="text-xs text-ink-muted">
        Name of this view
      </label>
      <div className="mt-1 flex gap-2">
        <Input
          id="view-name"
          required
          autoFocus
          maxLength={NAME_CHARS_MAX}
          value={name}
          onChange={(event) => setName(event.target.value)}
          placeholder="Slow payments of the last hour"
          aria-describedby="view-path"
          className="min-w-0 flex-1"
        />
        <Button type="submit" variant="primary" disabled={save.isPending}>
          Save this view
        </Button>
      </div>
      <p id="view-path" className="mt-1.5 truncate text-2xs text-ink-faint" title={path}>
        Keeps <code>{path}</code>
      </p>
      <p role="alert" className="text-xs text-critical empty:hidden">
        {save.error?.message}
      </p>
      <p role="status" className="text-xs text-ink-muted empty:hidden">
        {save.data && !save.error ? `Saved as “${save.data.name}”.` : ''}
      </p>
    </form>
  );
}
