'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Send } from 'lucide-react';
import type { Channel, ChannelKindName } from '#server/rules/schema.ts';
import { useTRPC } from '#components/trpc/context.ts';
import { Button } from '#components/ui/button.tsx';
import { StatusGlyph } from '#components/ui/status-glyph.tsx';
import { DeliveryReceipt } from './delivery-receipt.tsx';

const KINDS = { email: 'Mail', pagerduty: 'PagerDuty', slack: 'Slack', webhook: 'Webhook' } as const satisfies Record<
  ChannelKindName,
  string
>;

/** A channel, whether it can send, and a button that proves it. */
export function ChannelRow({ channel }: { channel: Channel }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const test = useMutation({
    ...trpc.channels.test.mutationOptions(),
    onSettled: () => queryClient.invalidateQueries(trpc.channels.list.pathFilter()),
  });
  const receipt = test.data ?? channel.lastDelivery;
  return (
    <li className="grid grid-cols-[14px_minmax(0,1fr)_auto] items-start gap-x-2.5 border-b border-line px-4 py-2.5 last:border-0">
      <StatusGlyph
        tone={channel.configured ? 'ok' : 'neutral'}
        label={channel.configured ? 'Set up' : 'Not set up'}
        size={13}
        className="mt-[3.5px]"
      />
      <div className="min-w-0">
        <p>
          <span className="font-medium">{channel.name}</span>{' '}
          <span className="text-ink-faint">{channel.kind && KINDS[channel.kind]}</span>
        </p>
        {!channel.configured && (
          <p className="text-xs text-ink-muted text-pretty [overflow-wrap:anywhere]">{channel.hint}</p>
        )}
        <p aria-live="polite" className="text-xs">
          {test.error ? (
            <span className="text-critical">The test could not be started: {test.error.message}</span>
          ) : test.isPending ? (
            <span className="text-ink-muted">Sending a test…</span>
          ) : receipt ? (
            <DeliveryReceipt delivery={receipt} />
          ) : (
            channel.configured && <span className="text-ink-faint">nothing was sent yet</span>
          )}
        </p>
      </div>
      <Button
        disabled={!channel.configured || test.isPending}
        onClick={() => test.mutate({ name: channel.name })}
        aria-label={`Send a test to ${channel.name}`}
      >
        <Send size={13} aria-hidden />
        Test
      </Button>
    </li>
  );
}
