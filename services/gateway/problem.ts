import type { FastifyReply } from 'fastify';
import { completeProblem, occurrenceOf, type Description } from '#services/kit/problem.ts';

/** Answers with a problem document for what is no error of ours: kit errors would be logged as such. */
export function sendProblem(reply: FastifyReply, description: Description) {
  const problem = completeProblem(description, occurrenceOf(reply.request));
  return reply.code(description.status).type('application/problem+json').send(problem);
}
