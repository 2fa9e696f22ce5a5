'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { SHARE_HOURS } from '#server/health-shares/schema.ts';
import { useTRPC } from '#components/trpc/context.ts';
import { Button } from '#components/ui/button.tsx';
import { Input } from '#components/ui/input.tsx';
import { Segmented } from '#components/ui/segmented.tsx';

const TIMES = SHARE_HOURS.map((hours) => ({
  value: String(hours),
  label: hours < 24 ? `${hours} h` : `${hours / 24} d`,
}));

/** Makes a link and shows it, once. */
export function ShareForm() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [hours, setHours] = useState('168');
  const create = useMutation(
    trpc.healthShares.create.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.healthShares.pathFilter()),
    }),
  );

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const note = String(new FormData(event.currentTarget).get('note'));
    create.mutate({ note, hours: SHARE_HOURS.find((each) => String(each) === hours) ?? 1 });
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end gap-3">
        <label className="min-w-40 flex-1">
          <span className="mb-1 block text-xs text-ink-muted">For whom (optional)</span>
          <Input name="note" maxLength={120} placeholder="Board meeting" className="w-full" />
        </label>
        <div>
          <span aria-hidden className="mb-1 block text-xs text-ink-muted">
            Expires after
          </span>
          <Segmented label="Expires after" value={hours} options={TIMES} onChange={setHours} />
        </div>
        <Button type="submit" variant="primary" disabled={create.isPending}>
          Make a link
        </Button>
      </div>
      <p role="alert" className="text-xs text-critical empty:hidden">
        {create.error?.message}
      </p>
      {create.data && <NewLink key={create.data.id} url={create.data.url} />}
    </form>
  );
}

function NewLink({ url }: { url: string }) {
  const [copied, setCopied] = useState<boolean | null>(null);
  const copy = () =>
    navigator.clipboard.writeText(url).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <div className="rounded-md border border-line bg-sunken p-3">
      <div className="flex gap-2">
        <Input
          readOnly
          aria-label="The new link"
          value={url}
          onFocus={(event) => event.target.select()}
          className="min-w-0 flex-1 font-mono text-xs"
        />
        <Button onClick={copy}>Copy</Button>
      </div>
      <p role="status" className="mt-1.5 text-xs text-ink-muted">
        {copied ? 'Copied. ' : copied === false ? 'The browser does not let a page copy here: select it. ' : ''}
        It is shown this once: only a digest of it is stored.
      </p>
    </div>
  );
}
