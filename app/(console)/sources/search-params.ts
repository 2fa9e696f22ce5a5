import { parseAsStringLiteral } from 'nuqs';
import { RETENTION_SIGNALS } from '#server/retention/schema.ts';

/** What the address of the sources page holds: the signal whose retention is being changed. */
export const sourcesParams = { keep: parseAsStringLiteral(RETENTION_SIGNALS) };
