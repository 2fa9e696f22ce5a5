import { pino } from 'pino';

export type Log = pino.Logger;

/** Structured JSON lines on stdout; the supervisor reads `level` and `msg` to decide what a person should see. */
export function createLog(process: string, level: string): Log {
  return pino({ level, base: { process }, timestamp: pino.stdTimeFunctions.isoTime, messageKey: 'msg' });
}
