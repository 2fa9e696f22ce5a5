import { AppError } from './errors.ts';

/** Prisma's adapter and Postgres's SQLSTATE, for a server that is away, starting, stopping or full. */
const AWAY =
  'DatabaseNotReachable ConnectionClosed SocketTimeout TlsConnectionError TooManyConnections 57P01 57P02 57P03 53300'.split(
    ' ',
  );
const LOCKED_OUT = ['AuthenticationFailed', 'DatabaseAccessDenied', 'DatabaseDoesNotExist'];
const NOT_MIGRATED = ['TableDoesNotExist', 'ColumnNotFound', '42P01', '42703', '3F000'];
const STATEMENT_TIMEOUT = '57014';

interface DriverCause {
  kind?: string;
  originalCode?: string;
  code?: string;
}

/** A refusal of the control database as a message that says what to do, or null when it is something else. */
export function toDbError(cause: unknown): AppError | null {
  const { kind = '', originalCode, code } = driverCauseOf(cause) ?? {};
  const is = (known: readonly string[]) => known.includes(kind) || known.includes(originalCode ?? code ?? '');
  const unavailable = (message: string) => new AppError('UNAVAILABLE', message, { cause });
  if (is(AWAY))
    return unavailable('The control database does not answer. It is asked again by itself; see the log of postgres.');
  if (is(LOCKED_OUT))
    return unavailable('The control database does not let the console in. Check the user and name in DATABASE_URL.');
  if (is(NOT_MIGRATED))
    return unavailable('The control database lacks what this version needs. Run `npm run migrate`.');
  if (is([STATEMENT_TIMEOUT]))
    return unavailable('The control database took too long for this question. Try again in a moment.');
  return null;
}

/** Prisma hides the driver's own error in the metadata of its errors. */
function driverCauseOf(error: unknown): DriverCause | undefined {
  return (error as { meta?: { driverAdapterError?: { cause?: DriverCause } } } | null)?.meta?.driverAdapterError?.cause;
}
