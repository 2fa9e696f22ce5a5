import { z } from 'zod';
import type { CircuitSettings } from '#server/circuits/schema.ts';

export const Reason = z.string().trim().min(3, 'Say why, in three letters or more.').max(300);

/** How an instance took what was asked of it. `behind`: it did not answer, and gets it when it returns. */
export interface Acknowledgement {
  instance: string;
  state: 'applied' | 'behind' | 'refused';
  reason: string;
}

export interface OperationResult {
  /** Of the configuration; null for a probe, which changes none. */
  version: number | null;
  acknowledgements: Acknowledgement[];
}

/** The limits of a gateway; `login` counts tries to log in. */
export const TIERS = ['short', 'medium', 'long', 'login'] as const;
export type TierName = (typeof TIERS)[number];

export const Limit = z.object({
  quota: z.number().int().min(1, 'A limit lets at least one request in.').max(1_000_000),
  windowMs: z
    .number()
    .int()
    .min(100, 'A window lasts at least 0.1 s.')
    .max(86_400_000, 'A window lasts a day at most.'),
});

/** The version that was looked at: whoever decides over another one has not seen what they change. */
const ExpectedVersion = z.number().int().min(0);

/** What is not named stays; null is "as the gateway's environment says". */
export const ChangeLimitsInput = z.object({
  limits: z
    .partialRecord(z.enum(TIERS), Limit.nullable())
    .refine((limits) => Object.keys(limits).length > 0, 'Name the limit that is to be another.'),
  expectedVersion: ExpectedVersion,
  reason: Reason,
});
export type ChangeLimitsInput = z.input<typeof ChangeLimitsInput>;

/** What is not named stays; null is "as the gateway's code says". */
export const ChangeRouteInput = z.object({
  segment: z.string().min(1).max(100),
  upstream: z.string().min(1).max(100).nullable().optional(),
  /** 0: no answer is given again. */
  cacheTtlMs: z.number().int().min(0).max(86_400_000, 'An answer is kept a day at most.').nullable().optional(),
  isOn: z.boolean().optional(),
  expectedVersion: ExpectedVersion,
  reason: Reason,
});
export type ChangeRouteInput = z.input<typeof ChangeRouteInput>;

/** Version 0 is as the gateways were started. */
export const RestoreVersionInput = z.object({
  version: z.number().int().min(0),
  expectedVersion: ExpectedVersion,
  reason: Reason,
});
export type RestoreVersionInput = z.input<typeof RestoreVersionInput>;

export interface LimitInForce {
  name: TierName;
  quota: number;
  windowMs: number;
  /** What holds where nothing is wanted of it. */
  environment: { quota: number; windowMs: number };
}

export interface RouteInForce {
  segment: string;
  upstream: string;
  cacheTtlMs: number;
  switchedOff: { by: string; reason: string; sinceMs: number } | null;
  environment: { upstream: string; cacheTtlMs: number };
}

/** What the gateways were told, and what the first of them that answered says is in force. */
export interface GatewayConfiguration {
  /** Why nothing can be changed from here; empty when it can. */
  whyNot: string;
  /** That is wanted; 0 before anybody wanted anything. */
  version: number;
  gateways: (Acknowledgement & { version: number | null; isAsOthers: boolean })[];
  /** Null before any gateway told. */
  inForce: {
    instance: string;
    /** All gateways count together. */
    isShared: boolean;
    limits: LimitInForce[];
    routes: RouteInForce[];
    breakers: { name: string; settings: CircuitSettings; forced: 'open' | 'closed' | null }[];
    /** The settings of a breaker of which nothing is wanted. */
    environment: Partial<CircuitSettings>;
  } | null;
  /** Where a route may lead. */
  upstreams: string[];
}

/** A version of what is wanted of the gateways. */
export interface GatewayVersion {
  version: number;
  /** Null for version 0, which nobody made. */
  atMs: number | null;
  actor: string;
  reason: string;
  /** Against the version before, in words. */
  changes: string[];
  /** What restoring it would change of what is wanted now, in words. */
  ifRestored: string[];
}
