/** The few kinds of failure that callers can tell apart; each transport maps them once. */
export type AppErrorCode =
  | 'BAD_REQUEST'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'TOO_LARGE'
  | 'TOO_MANY_REQUESTS'
  | 'UNAVAILABLE'
  | 'INTERNAL';

/** An error whose message may be shown to the person who caused it; the cause goes to the log only. */
export class AppError extends Error {
  readonly code: AppErrorCode;
  override readonly name = 'AppError';

  constructor(code: AppErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
