import { clsx } from 'clsx';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { formatRatio } from '#components/format/ratio.ts';
import { TONE_TEXT } from '#components/ui/tone.ts';
import { describeNode } from './describe.ts';
import type { Plate } from './layout-model.ts';
import { HEALTH, nodeHealth } from './node-health.ts';
import { StoreGlyph } from './store-glyph.tsx';
import { truncate, truncateQualified } from './truncate.ts';

const NAME_CHAR = 7.2;

/** A box of the diagram. Services lead to their page. */
export function NodePlate({ plate }: { plate: Plate }) {
  const { node } = plate;
  if (node.kind === 'service' || node.kind === 'gateway') {
    return (
      <Link href={`/services/${encodeURIComponent(node.name)}`} prefetch={false} className="group/plate outline-none">
        {/* Its name: a label would have to repeat the words in the box one by one. */}
        <title>{describeNode(node)}</title>
        <ServicePlate plate={plate} />
      </Link>
    );
  }
  return (
    <g>
      <title>{describeNode(node)}</title>
      {node.kind === 'client' ? <ClientPlate plate={plate} /> : <StorePlate plate={plate} />}
    </g>
  );
}

const OUTLINE =
  'transition-colors duration-150 group-hover/plate:stroke-accent group-focus-visible/plate:stroke-accent group-focus-visible/plate:[stroke-width:2.5]';

function ServicePlate({ plate: { node, x, y, width, height } }: { plate: Plate }) {
  const health = nodeHealth(node);
  const { tone, word } = HEALTH[health];
  const bad = tone === 'critical' || tone === 'warn';
  return (
    <g transform={`translate(${x} ${y})`}>
      <rect
        width={width}
        height={height}
        rx={6}
        strokeDasharray={health === 'down' ? '4 3' : undefined}
        className={clsx(
          'fill-surface',
          OUTLINE,
          tone === 'critical' ? 'stroke-critical' : tone === 'warn' ? 'stroke-warn' : 'stroke-line-strong',
        )}
      />
      <HealthMark tone={tone} />
      <text x={28} y={21} className="fill-ink text-sm font-semibold">
        {truncate(node.name, width - 28 - (node.instances > 1 ? 30 : 10), NAME_CHAR)}
      </text>
      {node.instances > 1 && (
        <text x={width - 10} y={21} textAnchor="end" className="fill-ink-faint text-2xs">
          ×{node.instances}
        </text>
      )}
      <text
        x={28}
        y={38}
        className={clsx(
          'text-2xs',
          bad ? ['font-medium', tone === 'critical' ? 'fill-critical' : 'fill-warn'] : 'fill-ink-faint',
        )}
      >
        {health === 'down' || health === 'idle' ? word : `${formatRatio(node.errorRatio)} errors`}
      </text>
    </g>
  );
}

/** The glyph of a status, smaller and within the drawing: a dot when all is well, so that only trouble has a shape. */
function HealthMark({ tone }: { tone: (typeof HEALTH)[keyof typeof HEALTH]['tone'] }) {
  return (
    <g transform="translate(10 10)" className={TONE_TEXT[tone]}>
      {tone === 'ok' && <circle cx={6} cy={6.5} r={3.2} fill="currentColor" />}
      {tone === 'neutral' && <circle cx={6} cy={6.5} r={3.2} fill="none" stroke="currentColor" strokeWidth={1.3} />}
      {tone === 'warn' && <path d="M6 .8 12 11.6H0Z" fill="currentColor" />}
      {tone === 'critical' && <path d="M3.6.6h4.8l3.2 3.2v4.8l-3.2 3.2H3.6L.4 8.6V3.8Z" fill="currentColor" />}
    </g>
  );
}

function ClientPlate({ plate: { node, x, y, width, height } }: { plate: Plate }) {
  return (
    <Framed x={x} y={y} width={width} height={height} round>
      <g transform="translate(12 9)" fill="none" stroke="currentColor" strokeWidth={1.3} className="text-ink-faint">
        <rect x={0.7} y={1.5} width={12.6} height={9} rx={1.5} />
        <path d="M4.5 13.3h5" strokeLinecap="round" />
      </g>
      <text x={34} y={20.5} className="fill-ink-muted text-xs font-medium">
        {truncate(node.name, width - 44, NAME_CHAR)}
      </text>
    </Framed>
  );
}

function StorePlate({ plate: { node, x, y, width, height } }: { plate: Plate }) {
  return (
    <Framed x={x} y={y} width={width} height={height}>
      <g className="text-ink-muted">
        <StoreGlyph kind={node.kind} x={10} y={10} />
      </g>
      <text x={30} y={21} className="fill-ink text-sm font-medium">
        {truncateQualified(node.name, width - 38, NAME_CHAR)}
      </text>
      <text x={30} y={38} className="fill-ink-faint text-2xs">
        {node.kind}
      </text>
    </Framed>
  );
}

function Framed({
  x,
  y,
  width,
  height,
  round,
  children,
}: Omit<Plate, 'node'> & { round?: boolean; children: ReactNode }) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <rect width={width} height={height} rx={round ? height / 2 : 6} className="fill-surface stroke-line" />
      {children}
    </g>
  );
}
