'use client';

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Circuit } from '#server/circuits/schema.ts';
import { Moment } from '#components/format/moment.tsx';
import { LIVE, recent } from '#components/live/recent.ts';
import { useTRPC, useTRPCClient } from '#components/trpc/context.ts';
import { AuditTrail } from '#components/ui/audit-trail.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { Dialog, SheetContent } from '#components/ui/dialog.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import Link from 'next/link';
import { BreakerFacts } from './breaker-facts.tsx';
import { BreakerInstances } from './breaker-instances.tsx';
import { CircuitBadge } from './circuit-badge.tsx';
import { circuitId } from './circuit-href.ts';
import { DeedEffect } from './operate/deed-effect.tsx';
import { describeDeed } from './operate/describe-deed.ts';
import { OperateSection } from './operate/operate-section.tsx';
import { TransitionList } from './transition-list.tsx';
import { WhyOpen } from './why-open.tsx';

const HISTORY_MS = 24 * 60 * 60_000;

/** One breaker: what it is doing, why, since when, and the calls that made it so. */
export function BreakerSheet({ id, onClose }: { id: string; onClose: () => void }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const circuits = useQuery({ ...trpc.circuits.list.queryOptions(), meta: LIVE });
  const [reporter = '', name = ''] = id.split('~');
  const own = recent(trpc.circuits.transitions.pathKey(), HISTORY_MS, (range, signal) =>
    client.circuits.transitions.query({ range, reporter, name, limit: 100 }, { signal }),
  );
  const control = useQuery({ ...trpc.circuits.control.queryOptions({ reporter, name }), meta: LIVE });
  const history = useQuery({ ...own, queryKey: [...own.queryKey, id] });

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <SheetContent title={`${reporter} to ${name}`} description="Circuit breaker">
        <QueryState query={circuits} what="The breaker" loading={<SkeletonRows rows={8} />}>
          {(all) => {
            const circuit = all.find((candidate) => circuitId(candidate) === id);
            if (!circuit) {
              return (
                <Empty title="Nobody reports this breaker">
                  {reporter} has not told of a breaker to {name} lately. It may have been stopped or renamed.
                </Empty>
              );
            }
            return (
              <>
                <Section>
                  <p className="mb-3 flex flex-wrap items-center gap-x-2.5 gap-y-1">
                    <CircuitBadge state={circuit.state} />
                    <span className="text-ink-muted">
                      since <Moment ms={circuit.sinceMs} show="both" />
                    </span>
                  </p>
                  <BreakerFacts circuit={circuit} />
                </Section>
                <Section title="Operate">
                  <QueryState query={control} what="The controls" loading={<SkeletonRows rows={2} />}>
                    {(held) => <OperateSection circuit={circuit} control={held} />}
                  </QueryState>
                </Section>
                <WhyOpen circuit={circuit} transitions={history.data ?? []} />
                <Section title={circuit.instances.length === 1 ? 'Instance' : 'Instances'} flush>
                  <BreakerInstances circuit={circuit} />
                </Section>
                {control.data && control.data.audit.length > 0 && (
                  <Section title="What operators did" flush>
                    <AuditTrail
                      deeds={control.data.audit.map((line) => ({
                        ...line,
                        what: describeDeed(line),
                        reason: String(line.input.reason),
                        effect: line.isActing && <DeedEffect breaker={{ reporter, name }} id={line.id} />,
                      }))}
                    />
                  </Section>
                )}
                <Section title="History of the last 24 hours" flush>
                  <QueryState
                    query={history}
                    what="The history"
                    loading={<SkeletonRows rows={4} />}
                    isEmpty={(transitions) => transitions.length === 0}
                    empty={<Empty title="It has not moved">No transition was reported in the last 24 hours.</Empty>}
                  >
                    {(transitions) => (
                      <TransitionList
                        transitions={transitions}
                        showBreaker={false}
                        showInstance={circuit.instances.length > 1}
                      />
                    )}
                  </QueryState>
                </Section>
                <Section>
                  <Doors circuit={circuit} />
                </Section>
              </>
            );
          }}
        </QueryState>
      </SheetContent>
    </Dialog>
  );
}

function Doors({ circuit }: { circuit: Circuit }) {
  return (
    <div className="flex flex-wrap gap-2">
      <Link className={buttonClass()} href={`/services/${encodeURIComponent(circuit.name)}`}>
        Service {circuit.name}
      </Link>
      <Link className={buttonClass()} href={`/traces?service=${encodeURIComponent(circuit.reporter)}&status=error`}>
        Failed calls of {circuit.reporter}
      </Link>
    </div>
  );
}

function Section({ title, flush, children }: { title?: string; flush?: boolean; children: ReactNode }) {
  return (
    <section aria-label={title} className="border-b border-line last:border-0">
      {title && <h3 className="px-4 pb-1.5 pt-4 text-xs font-semibold text-ink">{title}</h3>}
      <div className={flush ? 'pb-2' : title ? 'px-4 pb-4 pt-1.5' : 'p-4'}>{children}</div>
    </section>
  );
}
