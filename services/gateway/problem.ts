import type { FastifyReply } from 'fastify';
import { STATUS_CODES } from 'node:http';
import type { Problem } from '#services/kit/problem.ts';

export interface ProblemInput {
  status: number;
  code: string;
  detail: string;
  /** A URI; about:blank where the status says it all. */
  type?: string;
  title?: string;
  extra?: Record<string, unknown>;
}

/** Answers with a problem document for what is no error of ours: kit errors would be logged as such. */
export function sendProblem(reply: FastifyReply, { status, code, detail, type, title, extra }: ProblemInput) {
  const problem: Problem = {
    type: type ?? 'about:blank',
    title: title ?? STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    code,
    requestId: reply.request.id,
    ...extra,
  };
  return reply.code(status).type('application/problem+json').send(problem);
}
