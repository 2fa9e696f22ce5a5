'use client';

import { clsx } from 'clsx';
import { useMemo, useState, type ReactNode } from 'react';
import type { Topology } from '#server/topology/schema.ts';
import { CircuitGlyph } from '#components/circuit/circuit-glyph.tsx';
import { describeEdge } from '#components/diagram/describe.ts';
import type { Point } from '#components/diagram/layout-model.ts';
import { NodePlate } from '#components/diagram/node-plate.tsx';
import { related } from '#components/diagram/related.ts';
import { useWidth } from '#components/diagram/use-width.ts';
import { WireLabel } from '#components/diagram/wire-label.tsx';
import { layoutMap, pointOn, type MapLine as Line } from './layout-map.ts';
import { MapLine } from './map-line.tsx';
import { placeLabels } from './place-labels.ts';

/** The server does not know the sheet, and lays out for a usual one. */
const FIRST_WIDTH = 1134;
const GLYPH = 12;
/** Smaller than this its figures could not be read; the rest is scrolled to. */
const SCALE_MIN = 0.84;

/** Who calls whom, from left to right, whatever the shape of the fleet. */
export function MapDiagram({ topology }: { topology: Topology }) {
  const [frame, width] = useWidth(FIRST_WIDTH);
  const layout = useMemo(() => layoutMap(topology, width), [topology, width]);
  const labels = useMemo(() => placeLabels(layout), [layout]);
  const names = useMemo(() => new Map(topology.nodes.map(({ id, name }) => [id, name])), [topology]);
  const [focus, setFocus] = useState<string | null>(null);
  const scale = Math.max(SCALE_MIN, Math.min(1, width / layout.width));
  const bright = related(focus, topology.edges);

  function part(key: string, id: string, children: ReactNode) {
    const dim = bright !== null && !bright.has(id);
    return (
      <g
        key={key}
        className={clsx('transition-opacity duration-100', dim && 'opacity-15')}
        onPointerEnter={() => setFocus(id)}
        onPointerLeave={() => setFocus(null)}
        onFocus={() => setFocus(id)}
        onBlur={() => setFocus(null)}
      >
        {children}
      </g>
    );
  }
  return (
    <div ref={frame} className="scroll-x [--scroll-x-under:var(--sunken)]">
      <svg
        role="group"
        aria-label="Map of who calls whom. The same as a table: choose Table above."
        viewBox={`0 0 ${layout.width} ${layout.height}`}
        width={layout.width * scale}
        height={layout.height * scale}
        className="block"
      >
        {layout.lines.map((line) =>
          part(`line ${line.edge.id}`, line.edge.id, <MapLine line={line} title={describeEdge(line.edge, names)} />),
        )}
        {layout.plates.map((plate) => part(plate.node.id, plate.node.id, <NodePlate plate={plate} />))}
        {layout.lines.map((line) => {
          // A line without room for its figures shows them while it is looked at.
          const looked = bright?.has(line.edge.id) && (focus === line.edge.id || bright.size < 24);
          const at = labels.get(line.edge.id) ?? (looked ? pointOn(line, 0.5) : null);
          return (
            at && part(`label ${line.edge.id}`, line.edge.id, <Figures line={line} at={at} maxWidth={layout.gap} />)
          );
        })}
      </svg>
    </div>
  );
}

function Figures({ line, at, maxWidth }: { line: Line; at: Point; maxWidth: number }) {
  const { edge } = line;
  return (
    <>
      {edge.breaker && (
        <g transform={`translate(${at.x - GLYPH / 2} ${at.y + 4})`}>
          <CircuitGlyph state={edge.breaker.state} size={GLYPH} />
        </g>
      )}
      <WireLabel
        line={{
          key: edge.id,
          edge,
          supply: [],
          load: [],
          breaker: null,
          label: { x: at.x, y: at.y - 3, anchor: 'middle', lines: 1, maxWidth },
          joints: [],
          arrow: null,
        }}
      />
    </>
  );
}
