import { z } from 'zod';

/** An alert as it was when its state changed: what a channel renders, kept in the outbox. */
export const NotificationContent = z.object({
  alertId: z.string().nullable(),
  rule: z.string(),
  severity: z.enum(['critical', 'warning', 'info']),
  labels: z.record(z.string(), z.string()),
  annotations: z.record(z.string(), z.string()),
  value: z.number().nullable(),
  expr: z.string(),
  reason: z.string(),
  activeSinceMs: z.number(),
  firedMs: z.number().nullable(),
  resolvedMs: z.number().nullable(),
});
export type NotificationContent = z.infer<typeof NotificationContent>;
