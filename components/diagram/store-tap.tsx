import { formatRate } from '#components/format/rate.ts';
import { describeNode } from './describe.ts';
import type { Tap } from './layout-model.ts';
import { StoreGlyph } from './store-glyph.tsx';
import { lineWeight } from './traffic.ts';
import { truncateQualified } from './truncate.ts';
import { wireStroke } from './wire.tsx';

const CHAR = 5.9;

/** A store of one service alone: a spur off its riser, with name and rate. */
export function StoreTap({ tap }: { tap: Tap }) {
  const rate = formatRate(tap.edge.requestsPerS);
  // The rate of the next riser begins where this one's room ends: a gap keeps them apart.
  const room = tap.maxX - tap.x - 46 - rate.length * 6;
  return (
    <g className="text-ink-muted">
      <title>{`${describeNode(tap.node)}. This line: ${rate}`}</title>
      <path
        d={`M${tap.x} ${tap.y}h12`}
        className={wireStroke(tap.edge)}
        strokeWidth={lineWeight(tap.edge.requestsPerS)}
        fill="none"
      />
      <StoreGlyph kind={tap.node.kind} x={tap.x + 14} y={tap.y - 7} />
      <text x={tap.x + 33} y={tap.y + 4} className="fill-ink-muted text-2xs">
        {truncateQualified(tap.node.name, room, CHAR)}
        <tspan className="fill-ink-faint" dx={6}>
          {rate}
        </tspan>
      </text>
    </g>
  );
}
