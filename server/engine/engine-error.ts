/** A refusal as ClickHouse words it: `Code: N. DB::Exception: reason. (TYPE)`. */
export class EngineError extends Error {
  readonly code: number;
  readonly status: number;
  override readonly name = 'EngineError';

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
    this.status = STATUS_OF_CODE.get(code) ?? 500;
  }
}

/** Reads the code out of what chDB threw; its own wrapping words are dropped so that clients see what a server would say. */
export function toEngineError(cause: unknown): EngineError {
  if (cause instanceof EngineError) return cause;
  const text = cause instanceof Error ? cause.message : String(cause);
  if ((cause as NodeJS.ErrnoException | undefined)?.code === 'ENOSPC') return refusal(243, 'NOT_ENOUGH_SPACE', text);
  const found = /Code: (\d+)\.[\s\S]*/.exec(text);
  if (found) return new EngineError(Number(found[1]), found[0].trimEnd());
  return new EngineError(UNKNOWN_EXCEPTION, `Code: ${UNKNOWN_EXCEPTION}. DB::Exception: ${text}. (UNKNOWN_EXCEPTION)`);
}

export function refusal(code: number, type: string, reason: string): EngineError {
  return new EngineError(code, `Code: ${code}. DB::Exception: ${reason}. (${type})`);
}

/** What ClickHouse has for a failure that is none of its own. */
export const UNKNOWN_EXCEPTION = 1002;

/** As `exceptionCodeToHTTPStatus` of ClickHouse's HTTP handler; every other code is a 500. */
const STATUS_OF_CODE = new Map(
  Object.entries({
    400: [6, 8, 15, 25, 26, 27, 36, 37, 38, 41, 44, 53, 62, 72, 117, 123, 167, 168, 223, 321, 376, 427, 441, 675, 676],
    401: [194],
    403: [192, 193, 497, 512, 516],
    404: [46, 47, 50, 56, 60, 63, 73, 78, 81, 115, 152, 336, 511],
    408: [159],
    411: [381],
    413: [229],
    415: [779],
    501: [48],
    503: [76, 209, 439],
  }).flatMap(([status, codes]) => codes.map((code) => [code, Number(status)] as const)),
);
