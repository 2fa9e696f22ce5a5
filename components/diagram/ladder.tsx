'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import type { Topology, TopologyEdge, TopologyNode } from '#server/topology/schema.ts';
import { CircuitGlyph } from '#components/circuit/circuit-glyph.tsx';
import { CIRCUIT_STATES, isRefusing } from '#components/circuit/circuit-state.ts';
import { formatDuration } from '#components/format/duration.ts';
import { formatRate } from '#components/format/rate.ts';
import { formatRatio } from '#components/format/ratio.ts';
import { TONE_TEXT } from '#components/ui/tone.ts';
import { describeEdge } from './describe.ts';
import { ladderRungs } from './ladder-rungs.ts';
import { lineWeight, errorTone } from './traffic.ts';
import { truncateQualified } from './truncate.ts';
import { wireStroke } from './wire.tsx';

/** What a phone leaves to the name of a store. */
const NAME_WIDTH = 110;
const NAME_CHAR = 6.6;

interface LadderProps {
  topology: Topology;
  onBreaker: (breaker: { reporter: string; name: string }) => void;
}

/** The diagram turned by a quarter for phones: the bus stands at the left, its lines lead to the right, what a service calls is indented under it. */
export function Ladder({ topology, onBreaker }: LadderProps) {
  const names = new Map(topology.nodes.map((node) => [node.id, node.name]));
  return (
    <div className="flex flex-col gap-6 px-4 py-4">
      {ladderRungs(topology).map(({ head, rungs }) => (
        <section key={head?.id ?? 'others'} aria-label={head ? `Calls of ${head.name}` : 'Not on a gateway'}>
          <h3 className="mb-1 flex items-baseline gap-2 font-semibold">
            {head?.name ?? 'Not on a gateway'}
            {head && (
              <span className="text-2xs font-normal text-ink-muted">
                {formatRate(head.requestsPerS)} · {formatRatio(head.errorRatio)} errors
              </span>
            )}
          </h3>
          <ul className={clsx('border-l-[5px]', head ? 'border-bus' : 'border-line')}>
            {rungs.map((rung) => (
              <li key={rung.node.id}>
                <Rung node={rung.node} edge={rung.edge} names={names} onBreaker={onBreaker} />
                {rung.calls.map((call) => (
                  <Rung
                    key={call.edge.id}
                    node={call.node}
                    edge={call.edge}
                    names={names}
                    onBreaker={onBreaker}
                    nested
                  />
                ))}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

interface RungProps {
  node: TopologyNode;
  edge: TopologyEdge | null;
  names: ReadonlyMap<string, string>;
  onBreaker: LadderProps['onBreaker'];
  nested?: boolean;
}

function Rung({ node, edge, names, onBreaker, nested }: RungProps) {
  const tone = errorTone(edge?.errorRatio ?? node.errorRatio);
  const breaker = edge?.breaker ?? null;
  const dead = breaker !== null && isRefusing(breaker.state);
  const linked = node.kind === 'service' || node.kind === 'gateway';
  const name = (
    <span title={node.name} className={clsx('truncate', nested ? 'text-ink-muted' : 'font-medium text-ink')}>
      {linked ? node.name : truncateQualified(node.name, NAME_WIDTH, NAME_CHAR)}
    </span>
  );
  return (
    <div className={clsx('flex items-center', nested ? 'h-8 pl-9' : 'h-10')}>
      <svg aria-hidden width={nested ? 14 : 18} height="8" className="shrink-0">
        {edge && <path d="M0 4h18" strokeWidth={lineWeight(edge.requestsPerS)} className={wireStroke(edge)} />}
      </svg>
      {edge && breaker ? (
        <button
          type="button"
          aria-label={`Breaker, ${describeEdge(edge, names)}`}
          aria-haspopup="dialog"
          onClick={() => onBreaker(breaker)}
          className="-my-1 flex size-9 shrink-0 items-center justify-center rounded-md hover:bg-hover"
        >
          <CircuitGlyph
            state={breaker.state}
            size={nested ? 16 : 20}
            className={breaker.state === 'closed' ? 'text-bus' : undefined}
          />
        </button>
      ) : (
        <svg aria-hidden width={nested ? 22 : 36} height="8" className="shrink-0">
          {edge && <path d="M0 4h30" strokeWidth={lineWeight(edge.requestsPerS)} className={wireStroke(edge)} />}
        </svg>
      )}
      <span className="flex min-w-0 flex-1 items-baseline gap-2">
        {linked ? (
          <Link
            href={`/services/${encodeURIComponent(node.name)}`}
            prefetch={false}
            className="flex min-w-0 rounded-sm"
          >
            {name}
          </Link>
        ) : (
          <>
            {name} <span className="text-2xs text-ink-faint">{node.kind}</span>
          </>
        )}
        {dead && (
          <span className={clsx('text-2xs font-semibold', TONE_TEXT.critical)}>
            {CIRCUIT_STATES[breaker.state].word}
          </span>
        )}
      </span>
      <span className="shrink-0 pl-3 text-right text-2xs text-ink-muted">
        {edge && formatRate(edge.requestsPerS)}
        {edge?.latencyMsP95 !== null && edge && (
          <span className="text-ink-faint"> · {formatDuration(edge.latencyMsP95)}</span>
        )}
        {tone !== 'neutral' && (
          <span className={clsx('font-semibold', TONE_TEXT[tone])}>
            {' '}
            · {formatRatio(edge?.errorRatio ?? node.errorRatio)}
          </span>
        )}
      </span>
    </div>
  );
}
