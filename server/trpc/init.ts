import type { Span } from '@opentelemetry/api';
import { initTRPC, TRPCError, type TRPC_ERROR_CODE_KEY } from '@trpc/server';
import type { Ctx } from '#server/context.ts';
import { toDbError } from '#server/db-error.ts';
import { AppError, type AppErrorCode } from '#server/errors.ts';
import { inSpan, markFailed } from '#server/tracing/in-span.ts';

const CODES: Record<AppErrorCode, TRPC_ERROR_CODE_KEY> = {
  BAD_REQUEST: 'BAD_REQUEST',
  UNAUTHENTICATED: 'UNAUTHORIZED',
  FORBIDDEN: 'FORBIDDEN',
  NOT_FOUND: 'NOT_FOUND',
  CONFLICT: 'CONFLICT',
  TOO_LARGE: 'PAYLOAD_TOO_LARGE',
  TOO_MANY_REQUESTS: 'TOO_MANY_REQUESTS',
  UNAVAILABLE: 'SERVICE_UNAVAILABLE',
  INTERNAL: 'INTERNAL_SERVER_ERROR',
};

const t = initTRPC.context<Ctx>().create({
  sse: { ping: { enabled: true, intervalMs: 10_000 }, client: { reconnectAfterInactivityMs: 25_000 } },
  errorFormatter: ({ shape, error }) => ({
    ...shape,
    // Only messages written for people leave the process; stacks never do.
    message: isMeantForPeople(error) ? shape.message : 'Something failed here; the log of the console says what.',
    data: { code: shape.data.code, httpStatus: shape.data.httpStatus, path: shape.data.path },
  }),
});

const mapErrors = t.middleware(async ({ ctx, path, type, next }) => {
  // A subscription lasts as long as somebody looks.
  const result = await (type === 'subscription' ? next() : inSpan(path, {}, (span) => next().then(tellFailure(span))));
  if (result.ok) return result;
  const cause = toDbError(result.error.cause) ?? result.error.cause;
  if (cause instanceof AppError) {
    if (cause.code === 'INTERNAL') ctx.log.error({ err: cause, path }, 'a procedure failed');
    throw new TRPCError({ code: CODES[cause.code], message: cause.message, cause });
  }
  if (result.error.code === 'INTERNAL_SERVER_ERROR') ctx.log.error({ err: result.error, path }, 'a procedure failed');
  return result;
});

/** Procedures answer with their failure instead of throwing it. */
function tellFailure(span: Span) {
  return <Result extends { ok: boolean; error?: TRPCError }>(result: Result): Result => {
    if (result.error) markFailed(span, result.error);
    return result;
  };
}

/** Bad input is our own wording of a schema, an AppError was written to be read; anything else is an accident. */
function isMeantForPeople(error: TRPCError): boolean {
  return error.cause instanceof AppError || error.code !== 'INTERNAL_SERVER_ERROR';
}

export const router = t.router;
export const mergeRouters = t.mergeRouters;
/** What every procedure is built on. */
export const procedure = t.procedure.use(mapErrors);
export const createCallerFactory = t.createCallerFactory;
