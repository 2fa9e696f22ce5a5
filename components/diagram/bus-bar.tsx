import Link from 'next/link';
import { formatDuration } from '#components/format/duration.ts';
import { formatRate } from '#components/format/rate.ts';
import { formatRatio } from '#components/format/ratio.ts';
import { describeNode } from './describe.ts';
import type { Bus } from './layout-model.ts';
import { StoreGlyph } from './store-glyph.tsx';
import { errorTone } from './traffic.ts';

const TONE = { neutral: 'fill-ink-muted', warn: 'fill-warn', critical: 'fill-critical' } as const;

/** A bar that many lines meet, with its name plate: gateways above, shared stores below. */
export function BusBar({ bus }: { bus: Bus }) {
  return bus.role === 'gateway' ? <GatewayBus bus={bus} /> : <StoreBus bus={bus} />;
}

function GatewayBus({ bus }: { bus: Bus }) {
  const { node } = bus;
  return (
    <Link href={`/services/${encodeURIComponent(node.name)}`} prefetch={false} className="group/bus outline-none">
      <title>{describeNode(node)}</title>
      <rect x={bus.x1} y={bus.y - 28} width={260} height={34} fill="transparent" />
      <rect
        x={bus.x1}
        y={bus.y - 3.5}
        width={bus.x2 - bus.x1}
        height={7}
        rx={2}
        className="fill-bus group-hover/bus:fill-accent group-focus-visible/bus:fill-accent"
      />
      {/* The title names the link, and says the same in words. */}
      <text
        aria-hidden
        x={bus.x1}
        y={bus.y - 13}
        className="fill-ink text-sm font-semibold group-hover/bus:fill-accent group-focus-visible/bus:underline"
      >
        {node.name}
        {bus.section === 1 ? (
          <tspan className="fill-ink-muted text-2xs font-normal" dx={10}>
            {formatRate(node.requestsPerS)}
            {node.latencyMsP95 !== null && ` · ${formatDuration(node.latencyMsP95)}`}
            {node.errorRatio !== null && (
              <tspan className={TONE[errorTone(node.errorRatio)]}> · {formatRatio(node.errorRatio)} errors</tspan>
            )}
          </tspan>
        ) : (
          <tspan className="fill-ink-faint text-2xs font-normal" dx={10}>
            section {bus.section} of {bus.sections}
          </tspan>
        )}
      </text>
    </Link>
  );
}

function StoreBus({ bus }: { bus: Bus }) {
  const { node } = bus;
  return (
    <g className="text-ink-muted">
      <title>{describeNode(node)}</title>
      <rect x={bus.x1} y={bus.y - 2} width={bus.x2 - bus.x1} height={4} rx={1} className="fill-wire" />
      <StoreGlyph kind={node.kind} x={bus.x1} y={bus.y + 8} />
      <text x={bus.x1 + 20} y={bus.y + 19} className="fill-ink text-xs font-medium">
        {node.name}
        <tspan className="fill-ink-faint text-2xs font-normal" dx={8}>
          {node.kind}
        </tspan>
      </text>
    </g>
  );
}
