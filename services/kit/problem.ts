import { STATUS_CODES } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { ZodError } from 'zod';
import { correlationOf } from './correlation.ts';
import { describeDatabaseError } from './describe-database-error.ts';
import { ServiceError, STATUS_OF } from './errors.ts';

/** RFC 9457, with what names the occurrence: the log has the rest under the request id. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  /** The detail again, under the name that clients look for who know no RFC. */
  message: string;
  code: string;
  timestamp: string;
  method: string;
  path: string;
  requestId: string;
  correlationId: string;
  [member: string]: unknown;
}

/** Which request a problem is of. */
export interface Occurrence {
  requestId: string;
  correlationId: string;
  method: string;
  /** As the caller asked for it, without the query. */
  path: string;
}

/** What went wrong, without where. */
export interface Description {
  status: number;
  code: string;
  detail: string;
  /** A URI; about:blank where the status says it all. */
  type?: string | undefined;
  title?: string | undefined;
  extra?: Record<string, unknown> | undefined;
}

export function occurrenceOf(request: FastifyRequest): Occurrence {
  const { id, headers, method, originalUrl } = request;
  const [path = ''] = originalUrl.split('?', 1);
  return { requestId: id, correlationId: correlationOf({ id, headers }), method, path };
}

/** The one shape of every problem. */
export function completeProblem(description: Description, occurrence: Occurrence): Problem {
  const { status, code, detail, type = 'about:blank', title = STATUS_CODES[status] ?? 'Error', extra } = description;
  const timestamp = new Date().toISOString();
  return { type, title, status, detail, message: detail, code, timestamp, ...occurrence, ...extra };
}

/** The one mapping from whatever was thrown to what the caller is told; unknown errors keep their words to the log, and all of them their stack but in development. */
export function toProblem(error: unknown, occurrence: Occurrence, showsStack = false): Problem {
  const problem = completeProblem(describeError(error), occurrence);
  return showsStack && error instanceof Error ? { ...problem, stack: error.stack } : problem;
}

export function describeError(error: unknown): Description {
  if (error instanceof ServiceError)
    return { status: STATUS_OF[error.code], code: error.code, detail: error.message, extra: error.extra };
  if (error instanceof ZodError) {
    const errors = error.issues.map(({ path, message }) => ({ pointer: `#/${path.join('/')}`, detail: message }));
    return { status: 400, code: 'BAD_REQUEST', detail: 'The request is not valid.', extra: { errors } };
  }
  const ofDatabase = describeDatabaseError(error);
  if (ofDatabase) return ofDatabase;
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  if (typeof status === 'number' && status >= 400 && status < 500)
    return { status, code: CODE_OF_STATUS[status] ?? 'BAD_REQUEST', detail: (error as Error).message };
  return { status: 500, code: 'INTERNAL', detail: 'Internal error. The log has it under the request id.' };
}

/** Of what the server itself refuses. */
const CODE_OF_STATUS: Readonly<Record<number, string>> = {
  404: 'NOT_FOUND',
  408: 'REQUEST_TIMEOUT',
  413: 'BODY_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  431: 'HEADERS_TOO_LARGE',
};
