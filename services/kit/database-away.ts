/** Class 08 is a lost connection, 57P0x a server that stops or starts, 53300 one that has no connection left. */
const AWAY_SQLSTATE = /^(08...|57P0[1-4]|53300)$/;
const AWAY_ERRNO = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT']);
const AWAY_MESSAGE =
  /Connection terminated|timeout exceeded when trying to connect|connection error and is not queryable/;

/** Whether PostgreSQL was not there, as against having refused what it was asked. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && (AWAY_SQLSTATE.test(code) || AWAY_ERRNO.has(code))) return true;
  return AWAY_MESSAGE.test(error.message);
}
