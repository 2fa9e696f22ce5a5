import { z } from 'zod';

export type AlertState = 'inactive' | 'pending' | 'firing' | 'resolved';

/** One alert as a rule produced it: a label set with its state. */
export interface Alert {
  id: string;
  /** Digest of the label set, as Alertmanager's fingerprint identifies an alert. */
  fingerprint: string;
  rule: string;
  state: AlertState;
  severity: 'critical' | 'warning' | 'info';
  labels: Record<string, string>;
  annotations: Record<string, string>;
  value: number | null;
  /** When the expression first became true, when it fired, when it resolved. */
  activeSinceMs: number;
  firedMs: number | null;
  resolvedMs: number | null;
  runbook: string | null;
  href: string;
  notifications: Delivery[];
  /** The silences in force that keep it from being told. */
  silencedBy: { id: string; author: string; comment: string; endsAtMs: number }[];
  /** The alerts that fire and make it known already. */
  inhibitedBy: { id: string; rule: string }[];
  /** Who is on it. */
  acknowledged: { by: string; note: string; atMs: number } | null;
  /** Where it came from, if another program pushed it. */
  generatorUrl: string | null;
}

/** How often and how long a rule fired in some days. */
export interface AlertHistory {
  rule: string;
  severity: 'critical' | 'warning' | 'info';
  count: number;
  firingMs: number;
  longestMs: number;
  lastFiredMs: number;
  /** How often on each day, the oldest first; the last is the 24 hours that end now. */
  perDay: number[];
}

/** What became of one notification of an alert. */
export interface Delivery {
  channel: string;
  status: 'queued' | 'sent' | 'retrying' | 'failed';
  event: 'firing' | 'resolved' | 'test';
  atMs: number;
  attempts: number;
  reason: string;
}

export interface Rule {
  /** Whether it raises alerts, or records its result as a series. */
  kind: 'alert' | 'record';
  name: string;
  group: string;
  file: string;
  expr: string;
  forMs: number;
  keepFiringForMs: number;
  severity: 'critical' | 'warning' | 'info';
  labels: Record<string, string>;
  annotations: Record<string, string>;
  runbook: string | null;
  /** The highest state among its alerts. */
  state: AlertState;
  health: 'ok' | 'error' | 'unknown';
  lastError: string | null;
  lastEvaluationMs: number | null;
  evaluationMs: number | null;
  activeAlerts: number;
  currentValue: number | null;
}

export const CHANNEL_KIND_NAMES = ['email', 'pagerduty', 'slack', 'webhook'] as const;
export type ChannelKindName = (typeof CHANNEL_KIND_NAMES)[number];

export interface Channel {
  name: string;
  /** Null for a file that cannot be read. */
  kind: ChannelKindName | null;
  /** False when its secret is not set, with the variable to set in `hint`. */
  configured: boolean;
  hint: string;
  lastDelivery: Delivery | null;
}

export const ListAlertsInput = z.object({
  state: z.enum(['active', 'resolved']).default('active'),
  limit: z.number().int().min(1).max(500).default(100),
});
export type ListAlertsInput = z.input<typeof ListAlertsInput>;
export const GetAlertInput = z.object({ id: z.string().min(1).max(64) });
export const AcknowledgeAlertInput = z.object({
  id: z.string().min(1).max(64),
  by: z.string().trim().min(1, 'Say who you are').max(200),
  note: z.string().trim().max(2_000).default(''),
});
export const AlertHistoryInput = z.object({ days: z.number().int().min(1).max(30).default(7) });
export const TestChannelInput = z.object({ name: z.string().min(1).max(100) });
