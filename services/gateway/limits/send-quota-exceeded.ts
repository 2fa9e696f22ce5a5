import type { FastifyReply } from 'fastify';
import { sendProblem } from '../problem.ts';

const QUOTA_EXCEEDED = 'https://iana.org/assignments/http-problem-types#quota-exceeded';

/** The answer to a client that has used up what it may; Retry-After is set by the caller. */
export function sendQuotaExceeded(reply: FastifyReply, policies: readonly string[]): FastifyReply {
  return sendProblem(reply, {
    status: 429,
    code: 'TOO_MANY_REQUESTS',
    type: QUOTA_EXCEEDED,
    title: 'Quota exceeded',
    detail: `More requests than this client may send (${policies.join(', ')}). Try again after Retry-After seconds.`,
    extra: { 'violated-policies': policies },
  });
}
