'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Pencil, Trash2 } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { NAME_CHARS_MAX, type SavedView } from '#server/views/schema.ts';
import { showOverlay } from '#components/shell/overlay.ts';
import { useTRPC } from '#components/trpc/context.ts';
import { Button } from '#components/ui/button.tsx';
import { Input } from '#components/ui/input.tsx';
import { TextLink } from '#components/ui/text-link.tsx';

/** One saved view: opened by its name; renamed and deleted in place, the latter in two steps since it is everybody's. */
export function ViewRow({ view }: { view: SavedView }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [doing, setDoing] = useState<'rename' | 'delete' | null>(null);
  const done = {
    onSuccess: async () => {
      setDoing(null);
      await queryClient.invalidateQueries(trpc.views.pathFilter());
    },
  };
  const rename = useMutation(trpc.views.rename.mutationOptions(done));
  const remove = useMutation(trpc.views.delete.mutationOptions(done));
  const error = doing === 'rename' ? rename.error : remove.error;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    rename.mutate({ id: view.id, name: String(new FormData(event.currentTarget).get('name')) });
  }
  return (
    <li className="border-b border-line px-3 py-2 last:border-b-0">
      {doing === 'rename' ? (
        <form onSubmit={submit} className="flex items-center gap-2">
          <Input
            name="name"
            aria-label={`New name of ${view.name}`}
            required
            autoFocus
            maxLength={NAME_CHARS_MAX}
            defaultValue={view.name}
            className="min-w-0 flex-1"
          />
          <Button type="submit" size="sm" disabled={rename.isPending}>
            Rename
          </Button>
          <Button size="sm" variant="ghost" onClick={() => setDoing(null)}>
            Cancel
          </Button>
        </form>
      ) : (
        <div className="flex items-center gap-2">
          <div className="min-w-0 flex-1">
            <TextLink href={view.path} onClick={() => showOverlay(null)} className="block truncate font-medium">
              {view.name}
            </TextLink>
            <p className="truncate text-2xs text-ink-faint" title={view.path}>
              {view.path}
            </p>
          </div>
          {doing === 'delete' ? (
            <>
              <Button
                size="sm"
                variant="danger"
                autoFocus
                disabled={remove.isPending}
                onClick={() => remove.mutate({ id: view.id })}
              >
                Delete for all
              </Button>
              <Button size="sm" variant="ghost" onClick={() => setDoing(null)}>
                Keep
              </Button>
            </>
          ) : (
            <>
              <Button variant="ghost" size="icon" aria-label={`Rename ${view.name}`} onClick={() => setDoing('rename')}>
                <Pencil size={14} aria-hidden />
              </Button>
              <Button variant="ghost" size="icon" aria-label={`Delete ${view.name}`} onClick={() => setDoing('delete')}>
                <Trash2 size={14} aria-hidden />
              </Button>
            </>
          )}
        </div>
      )}
      <p role="alert" className="text-xs text-critical empty:hidden">
        {error?.message}
      </p>
    </li>
  );
}
