'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#components/trpc/context.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogContent } from '#components/ui/dialog.tsx';
import { Input } from '#components/ui/input.tsx';
import { useName } from './use-name.ts';

/** Asks who is on it, and what they know so far. */
export function AcknowledgeDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [name, setName] = useName();
  const [note, setNote] = useState('');
  const acknowledge = useMutation({
    ...trpc.alerts.acknowledge.mutationOptions(),
    onSuccess: async () => {
      await queryClient.invalidateQueries(trpc.alerts.list.pathFilter());
      onClose();
    },
  });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title="Acknowledge"
        description="Everyone sees that you are on it, and it is not repeated to channels. Its end is still told."
      >
        <form
          className="flex flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            acknowledge.mutate({ id, by: name, note });
          }}
        >
          <Input
            aria-label="Your name"
            placeholder="Your name"
            required
            maxLength={200}
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
          <Input
            aria-label="Note"
            placeholder="What you know so far (optional)"
            maxLength={2_000}
            value={note}
            onChange={({ target }) => setNote(target.value)}
          />
          {acknowledge.error && (
            <p role="alert" className="text-critical">
              {acknowledge.error.message}
            </p>
          )}
          <div className="flex justify-end">
            <Button type="submit" variant="primary" disabled={acknowledge.isPending}>
              I am on it
            </Button>
          </div>
        </form>
      </DialogContent>
    </Dialog>
  );
}
