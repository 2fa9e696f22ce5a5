'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { HealthShare, HealthShareState } from '#server/health-shares/schema.ts';
import { Moment } from '#components/format/moment.tsx';
import { useTRPC } from '#components/trpc/context.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import type { Tone } from '#components/ui/tone.ts';

const STATES = {
  open: { word: 'Open', tone: 'ok' },
  expired: { word: 'Expired', tone: 'neutral' },
  revoked: { word: 'Revoked', tone: 'neutral' },
} as const satisfies Record<HealthShareState, { word: string; tone: Tone }>;

/** One link: for whom, until when, and a way to close it. */
export function ShareRow({ share }: { share: HealthShare }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const revoke = useMutation(
    trpc.healthShares.revoke.mutationOptions({
      onSettled: () => queryClient.invalidateQueries(trpc.healthShares.pathFilter()),
    }),
  );
  const { word, tone } = STATES[share.state];
  const name = share.note || 'No note';
  return (
    <li className="flex items-center gap-3 border-b border-line px-3 py-2 last:border-b-0">
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2">
          <span className={share.note ? 'truncate font-medium' : 'truncate text-ink-muted'}>{name}</span>
          <Badge tone={tone}>{word}</Badge>
        </p>
        <p className="text-2xs text-ink-muted">
          Made by {share.createdBy} <Moment ms={share.createdMs} show="relative" />,{' '}
          {share.revokedMs !== null ? (
            <>
              revoked <Moment ms={share.revokedMs} show="relative" />
            </>
          ) : (
            <>
              {share.state === 'open' ? 'expires' : 'expired'} <Moment ms={share.expiresMs} show="relative" />
            </>
          )}
        </p>
        <p role="alert" className="text-xs text-critical empty:hidden">
          {revoke.error?.message}
        </p>
      </div>
      {share.state === 'open' && (
        <Button
          size="sm"
          disabled={revoke.isPending}
          aria-label={`Revoke the link: ${name}`}
          onClick={() => revoke.mutate({ id: share.id })}
        >
          Revoke
        </Button>
      )}
    </li>
  );
}
