'use client';

import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTRPC } from '#components/trpc/context.ts';
import { Button } from '#components/ui/button.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { EffectTable } from './effect-table.tsx';

/** The half hour after a deed may still be running. */
const REFRESH_MS = 30_000;

/** How the guarded service fared before and after a deed, for who asks. */
export function DeedEffect({ breaker, id }: { breaker: { reporter: string; name: string }; id: string }) {
  const trpc = useTRPC();
  const [isOpen, setIsOpen] = useState(false);
  const regionId = useId();
  const effect = useQuery({
    ...trpc.circuits.effect.queryOptions({ ...breaker, id }),
    enabled: isOpen,
    refetchInterval: REFRESH_MS,
  });
  return (
    <div className="mt-1">
      <Button
        size="sm"
        variant="ghost"
        className="-ml-2"
        aria-expanded={isOpen}
        aria-controls={regionId}
        onClick={() => setIsOpen(!isOpen)}
      >
        {isOpen ? 'Hide before and after' : 'Before and after'}
      </Button>
      <div id={regionId}>
        {isOpen && (
          <QueryState query={effect} what="Before and after" loading={<SkeletonRows rows={4} />}>
            {(compared) => <EffectTable service={breaker.name} effect={compared} />}
          </QueryState>
        )}
      </div>
    </div>
  );
}
