import { context, propagation, ROOT_CONTEXT } from '@opentelemetry/api';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ServiceError } from './errors.ts';

/** Rows younger than a minute may be in flight, and checks leave them alone: a planted row is to be seen at once. */
export const PLANTED_AGE_MS = 120_000;

export interface Orphan {
  id: string;
  /** `schema.table` that it was left in. */
  table: string;
}

const PlantOrphanInput = z.strictObject({ kind: z.string().max(60) });

/** `POST /faults/orphan {kind}` on the admin port: leaves a row that breaks a rule of the data, in the caller's trace. */
export function addOrphanRoute(admin: FastifyInstance, kinds: Record<string, () => Promise<Orphan>>): void {
  admin.post('/faults/orphan', async (request, reply) => {
    const { kind } = PlantOrphanInput.parse(request.body);
    const plant = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
    if (!plant)
      throw new ServiceError(
        'BAD_REQUEST',
        `There is no orphan ${kind} here. Known: ${Object.keys(kinds).join(', ')}.`,
      );
    const caller = propagation.extract(ROOT_CONTEXT, request.headers);
    const orphan = await context.with(caller, plant);
    request.log.warn({ kind, ...orphan }, 'an orphan was planted');
    return reply.status(201).send({ kind, ...orphan });
  });
}
