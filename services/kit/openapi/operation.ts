import type { z } from 'zod';

/** What a document tells of a route, and what the route holds its callers and itself to. */
export interface Operation {
  summary: string;
  /** Needs a token of `POST /auth/login`. */
  needsToken?: boolean;
  idempotencyKey?: 'optional' | 'required';
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  /** By status; the first is the usual one. */
  answers: Readonly<Record<number, z.ZodType>>;
  /** Of the answers, when it is not JSON. */
  contentType?: string;
  /** Refusals that are worth a sentence. What every route may answer is told of all. */
  refusals?: Readonly<Record<number, string>>;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    operation?: Operation;
    /** Why a route is in no document: what it passes on is in that of another service. */
    undocumented?: string;
  }
}
