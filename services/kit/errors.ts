/** The kinds of failure that callers of the fleet can tell apart, each with its one HTTP status. */
export const STATUS_OF = {
  BAD_REQUEST: 400,
  UNAUTHENTICATED: 401,
  PAYMENT_REQUIRED: 402,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  UNPROCESSABLE: 422,
  TOO_MANY_REQUESTS: 429,
  INTERNAL: 500,
  BAD_GATEWAY: 502,
  UNAVAILABLE: 503,
  TIMEOUT: 504,
} as const;

export type ServiceErrorCode = keyof typeof STATUS_OF;

/** An error whose message may be shown to whoever caused it; `extra` becomes members of the problem document. */
export class ServiceError extends Error {
  readonly code: ServiceErrorCode;
  readonly extra: Record<string, unknown>;
  /** When asking again may help: the Retry-After of the answer. */
  readonly retryAfterS: number | undefined;
  override readonly name: string = 'ServiceError';

  constructor(
    code: ServiceErrorCode,
    message: string,
    options: { cause?: unknown; extra?: Record<string, unknown>; retryAfterS?: number } = {},
  ) {
    super(message, options);
    this.code = code;
    this.extra = options.extra ?? {};
    this.retryAfterS = options.retryAfterS;
  }
}
