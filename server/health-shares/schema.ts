import { z } from 'zod';
import type { IncidentReport } from '#server/incidents/schema.ts';
import type { HealthReport } from '#server/slos/schema.ts';

/** How long a link may open the health page, in hours. */
export const SHARE_HOURS = [1, 24, 168, 720] as const;

export type HealthShareState = 'open' | 'expired' | 'revoked';

/** A link as it is listed: what it is for, not what it opens with, which nobody knows but its bearer. */
export interface HealthShare {
  id: string;
  note: string;
  state: HealthShareState;
  createdMs: number;
  createdBy: string;
  expiresMs: number;
  revokedMs: number | null;
}

/** The only time that the whole link is told. */
export interface CreatedHealthShare extends HealthShare {
  url: string;
}

/** What the bearer of a link is given. */
export type SharedHealth =
  | { state: 'open'; expiresMs: number; report: HealthReport; incidents: IncidentReport }
  | { state: 'expired' | 'revoked'; atMs: number }
  | { state: 'unknown' };

export const CreateHealthShareInput = z.object({
  note: z.string().trim().max(120, 'A note has at most 120 characters.').default(''),
  hours: z.union([z.literal(1), z.literal(24), z.literal(168), z.literal(720)]),
});
export type CreateHealthShareInput = z.infer<typeof CreateHealthShareInput>;
export const RevokeHealthShareInput = z.object({ id: z.uuid() });
export type RevokeHealthShareInput = z.infer<typeof RevokeHealthShareInput>;
export const OpenHealthShareInput = z.object({ token: z.string().min(1).max(200) });
export type OpenHealthShareInput = z.infer<typeof OpenHealthShareInput>;
