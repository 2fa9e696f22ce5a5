'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Play } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { formatRate } from '#components/format/rate.ts';
import { useTRPC } from '#components/trpc/context.ts';
import { Button } from '#components/ui/button.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { NumberField } from './number-field.tsx';

interface StartFormProps {
  target: string;
  isBusy: boolean;
  onStarted: (id: string) => void;
}

/** How many shoppers, how long; says what it would do before it does it. */
export function StartForm({ target, isBusy, onStarted }: StartFormProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [workers, setWorkers] = useState(20);
  const [seconds, setSeconds] = useState(60);
  const [pace, setPace] = useState(1);
  const [addresses, setAddresses] = useState<'each' | 'one'>('each');
  const start = useMutation(
    trpc.loadTests.start.mutationOptions({
      onSuccess: async ({ id }) => {
        onStarted(id);
        await queryClient.invalidateQueries(trpc.loadTests.pathFilter());
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    start.mutate({ workers, seconds, pace, oneAddress: addresses === 'one' });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3 px-4 py-3.5">
      <div className="flex flex-wrap items-end gap-x-4 gap-y-3">
        <NumberField label="Shoppers" value={workers} min={1} max={300} onChange={setWorkers} />
        <NumberField label="Seconds" value={seconds} min={5} max={900} onChange={setSeconds} />
        <NumberField label="Requests a second, each" value={pace} min={0.1} max={10} step="any" onChange={setPace} />
        <div className="flex flex-col gap-1">
          <span aria-hidden className="text-xs text-ink-muted">
            Shoppers come from
          </span>
          <Segmented
            label="Shoppers come from"
            value={addresses}
            options={[
              {
                value: 'each',
                label: 'an address each',
                title: 'As in life: the quota of a client is each shopper’s own',
              },
              { value: 'one', label: 'one address', title: 'As one client to the gateway: tests its limits' },
            ]}
            onChange={setAddresses}
          />
        </div>
        <Button type="submit" variant="primary" disabled={isBusy || start.isPending}>
          <Play size={12} aria-hidden />
          {start.isPending ? 'Starting…' : 'Start'}
        </Button>
      </div>
      <p className="max-w-[90ch] text-xs text-ink-muted text-pretty">
        Hits <code>{target}</code> with about {formatRate(workers * pace)} for {seconds} s: shoppers register, log in,
        browse, order and pay. Their accounts and orders stay in the shop, and its alerts may fire. One test at a time,
        300 shoppers and 15 minutes at most.
      </p>
      {start.error && (
        <p role="alert" className="text-critical text-pretty">
          Not started: {start.error.message}
        </p>
      )}
    </form>
  );
}
