import type { CircuitState } from '#server/circuits/schema.ts';

/** States part by height as well as colour, in shares of the strip: a thin conductor while closed, a full block while open. */
export const STATE_LOOK = {
  closed: { share: 0.15, fill: 'fill-wire-dead' },
  half_open: { share: 0.5, fill: 'fill-half-open' },
  open: { share: 0.9, fill: 'fill-critical' },
  forced_open: { share: 0.9, fill: 'fill-critical' },
  forced_closed: { share: 0.5, fill: 'fill-warn' },
} as const satisfies Record<CircuitState, { share: number; fill: string }>;

/** Where nobody told. */
export const SILENT_LOOK = { share: 0.05, fill: 'fill-line' } as const;
