import { STATUS_CODES } from 'node:http';
import { ZodError } from 'zod';
import { ServiceError, STATUS_OF } from './errors.ts';
import { isDatabaseAway } from './database-away.ts';

/** RFC 9457, with the id under which the log has the rest. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  requestId: string;
  [member: string]: unknown;
}

/** The one mapping from whatever was thrown to what the caller is told; unknown errors keep their words to the log. */
export function toProblem(error: unknown, requestId: string): Problem {
  const { status, code, detail, extra } = describe(error);
  return { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail, code, requestId, ...extra };
}

interface Description {
  status: number;
  code: string;
  detail: string;
  extra?: Record<string, unknown>;
}

function describe(error: unknown): Description {
  if (error instanceof ServiceError)
    return { status: STATUS_OF[error.code], code: error.code, detail: error.message, extra: error.extra };
  if (error instanceof ZodError) {
    const errors = error.issues.map(({ path, message }) => ({ pointer: `#/${path.join('/')}`, detail: message }));
    return { status: 400, code: 'BAD_REQUEST', detail: 'The request is not valid.', extra: { errors } };
  }
  if (isDatabaseAway(error))
    return { status: 503, code: 'UNAVAILABLE', detail: 'The database cannot be reached. Try again in a moment.' };
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  if (typeof status === 'number' && status >= 400 && status < 500)
    return { status, code: 'BAD_REQUEST', detail: (error as Error).message };
  return { status: 500, code: 'INTERNAL', detail: 'Internal error. The log has it under the request id.' };
}
