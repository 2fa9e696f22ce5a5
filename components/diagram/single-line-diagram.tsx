'use client';

import { clsx } from 'clsx';
import { useMemo, useState, type ReactNode } from 'react';
import type { Topology, TopologyEdge } from '#server/topology/schema.ts';
import { CIRCUIT_STATES } from '#components/circuit/circuit-state.ts';
import { formatAge } from '#components/format/duration.ts';
import { useNow } from '#components/live/clock.tsx';
import { BreakerSymbol } from './breaker-symbol.tsx';
import { BusBar } from './bus-bar.tsx';
import { describeEdge } from './describe.ts';
import { layoutDiagram } from './layout-diagram.ts';
import type { Line } from './layout-model.ts';
import { NodePlate } from './node-plate.tsx';
import { related } from './related.ts';
import { StoreTap } from './store-tap.tsx';
import { useWidth } from './use-width.ts';
import { Wire } from './wire.tsx';
import { WireLabel } from './wire-label.tsx';

/** What a 1440 px screen leaves for the drawing; right for most first paints, and heights do not depend on it for fleets that fit one row. */
const FIRST_WIDTH = 1134;
const STATE_FILL = {
  ok: 'fill-ink-faint',
  warn: 'fill-warn',
  critical: 'fill-critical',
  'half-open': 'fill-half-open',
} as const;

interface SingleLineDiagramProps {
  topology: Topology;
  onBreaker: (breaker: { reporter: string; name: string }) => void;
}

/** The fleet as electrical control rooms draw theirs, from measured calls and breaker states. */
export function SingleLineDiagram({ topology, onBreaker }: SingleLineDiagramProps) {
  const [frame, width] = useWidth(FIRST_WIDTH);
  const layout = useMemo(() => layoutDiagram(topology, width), [topology, width]);
  const names = useMemo(() => new Map(topology.nodes.map((node) => [node.id, node.name])), [topology]);
  const [focus, setFocus] = useState<string | null>(null);
  const bright = related(focus, topology.edges);

  function part(key: string, ids: string[], children: ReactNode, focusId?: string) {
    const dim = bright !== null && !ids.some((id) => bright.has(id));
    return (
      <g
        key={key}
        className={clsx('transition-opacity duration-100', dim && 'opacity-20')}
        {...(focusId && {
          onPointerEnter: () => setFocus(focusId),
          onPointerLeave: () => setFocus(null),
          onFocus: () => setFocus(focusId),
          onBlur: () => setFocus(null),
        })}
      >
        {children}
      </g>
    );
  }

  return (
    <div ref={frame} className="overflow-x-auto">
      <svg
        role="group"
        aria-label="Single-line diagram of the fleet. The same as a table: choose Table above."
        viewBox={`0 0 ${layout.width} ${layout.height}`}
        height={layout.height}
        preserveAspectRatio="xMidYMin"
        className="block w-full"
      >
        {layout.risers.map((riser) =>
          part(
            `riser ${riser.key}`,
            riser.edgeIds,
            <path
              d={`M${riser.from.x} ${riser.from.y}V${riser.to.y}`}
              className="stroke-wire"
              strokeWidth={1.4}
              fill="none"
            />,
          ),
        )}
        {layout.lines.map((line) => part(`wire ${line.key}`, [line.edge.id], <Wire line={line} />))}
        {layout.buses.map((bus) => part(bus.key, [bus.node.id], <BusBar bus={bus} />, bus.node.id))}
        {layout.lines.flatMap((line) =>
          line.joints.map((joint) =>
            part(
              `joint ${line.key}`,
              [line.edge.id],
              <circle cx={joint.x} cy={joint.y} r={4} className="fill-sunken stroke-bus" strokeWidth={1.6} />,
            ),
          ),
        )}
        {layout.taps.map((tap) => part(`tap ${tap.key}`, [tap.edge.id], <StoreTap tap={tap} />, tap.edge.id))}
        {layout.lines.map((line) => part(`label ${line.key}`, [line.edge.id], <WireLabel line={line} />))}
        {layout.plates.map((plate) => part(plate.node.id, [plate.node.id], <NodePlate plate={plate} />, plate.node.id))}
        {layout.lines.map(
          (line) =>
            line.breaker &&
            part(
              `breaker ${line.key}`,
              [line.edge.id],
              <Breaker line={line} names={names} onBreaker={onBreaker} />,
              line.edge.id,
            ),
        )}
      </svg>
    </div>
  );
}

interface BreakerProps {
  line: Line;
  names: ReadonlyMap<string, string>;
  onBreaker: SingleLineDiagramProps['onBreaker'];
}

function Breaker({ line, names, onBreaker }: BreakerProps) {
  const { breaker: at, edge } = line;
  if (!at || !edge.breaker) return null;
  const { breaker } = edge;
  return (
    <>
      <BreakerSymbol
        x={at.x}
        y={at.y}
        state={breaker.state}
        label={`Breaker, ${describeEdge(edge, names)}`}
        onOpen={() => onBreaker(breaker)}
      />
      {breaker.state !== 'closed' && <BreakerNote x={at.x + 16} y={at.y - 2} breaker={breaker} />}
    </>
  );
}

/** The state in words beside a breaker that is not closed, with how long it has been so. */
function BreakerNote({ x, y, breaker }: { x: number; y: number; breaker: NonNullable<TopologyEdge['breaker']> }) {
  const nowMs = useNow(1000);
  const { word, tone } = CIRCUIT_STATES[breaker.state];
  const forced = breaker.state === 'forced_open' || breaker.state === 'forced_closed';
  return (
    <text
      x={forced ? x + 6 : x}
      y={y}
      className={clsx(
        'pointer-events-none stroke-sunken text-2xs font-semibold [paint-order:stroke] [stroke-width:4px]',
        STATE_FILL[tone],
      )}
    >
      {word}
      <tspan className="font-normal" x={forced ? x + 6 : x} dy={13}>
        {formatAge(nowMs - breaker.sinceMs)}
      </tspan>
    </text>
  );
}
