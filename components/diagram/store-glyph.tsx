import type { NodeKind } from '#server/topology/schema.ts';

/** Stores and outsiders in 14 px: a drum, a queue of three, a box that leads out. */
export function StoreGlyph({ kind, x, y }: { kind: NodeKind; x: number; y: number }) {
  return (
    <g
      transform={`translate(${x} ${y})`}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.3}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {kind === 'queue' ? (
        <path d="M1.5 3.5h3v7h-3zM5.5 3.5h3v7h-3zM9.5 3.5h3v7h-3z" />
      ) : kind === 'external' ? (
        <path d="M6 3H2v9h9V8M8 2h4.5v4.5M12.5 2 7 7.5" />
      ) : (
        <path d="M2 3.6c0-1 2.2-1.8 5-1.8s5 .8 5 1.8v6.8c0 1-2.2 1.8-5 1.8s-5-.8-5-1.8zM2 3.6c0 1 2.2 1.8 5 1.8s5-.8 5-1.8" />
      )}
    </g>
  );
}
