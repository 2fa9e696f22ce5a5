import { z } from 'zod';

/** An alert as it was when it was told. */
export const NotifiedAlert = z.object({
  /** Null for a test. */
  alertId: z.string().nullable(),
  fingerprint: z.string(),
  status: z.enum(['firing', 'resolved']),
  rule: z.string(),
  severity: z.enum(['critical', 'warning', 'info']),
  labels: z.record(z.string(), z.string()),
  annotations: z.record(z.string(), z.string()),
  value: z.number().nullable(),
  expr: z.string(),
  activeSinceMs: z.number(),
  firedMs: z.number().nullable(),
  resolvedMs: z.number().nullable(),
  /** Where it came from, if another program sent it. */
  generatorUrl: z.string().nullable(),
});
export type NotifiedAlert = z.infer<typeof NotifiedAlert>;

/** What a channel renders, kept in the outbox: the alerts of one group, those that fire before those that ended. */
export const NotificationContent = z.object({
  groupKey: z.string(),
  groupLabels: z.record(z.string(), z.string()),
  alerts: z.array(NotifiedAlert).min(1),
  /** How many more the group has than are told. */
  truncatedAlerts: z.number(),
  /** Why it is told now. */
  reason: z.string(),
});
export type NotificationContent = z.infer<typeof NotificationContent>;
