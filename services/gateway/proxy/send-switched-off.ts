import type { FastifyReply } from 'fastify';
import { sendProblem } from '../problem.ts';
import type { SwitchedOff } from './routes.ts';

/** The answer where an operator lets nobody in: who did so, since when and why. */
export function sendSwitchedOff(reply: FastifyReply, segment: string, { by, reason, sinceMs }: SwitchedOff) {
  const since = new Date(sinceMs).toISOString();
  return sendProblem(reply, {
    status: 503,
    code: 'ROUTE_SWITCHED_OFF',
    type: 'urn:switchyard:problem:route-switched-off',
    title: 'Route switched off',
    detail: `/api/${segment} is switched off by ${by} since ${since}: ${reason}`,
    extra: { route: `/api/${segment}`, by, reason, since },
  });
}
