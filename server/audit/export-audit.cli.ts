// npm run -s audit:export: every audit entry as a line of JSON, the oldest first, with the digests by which anyone can check the chain.
import { createDb } from '#server/db.ts';
import { readEnv } from '#server/env.ts';
import { createLog } from '#server/log.ts';
import { readAudit } from './read-audit.ts';

const db = createDb(readEnv().DATABASE_URL, createLog('audit', 'silent'));
for await (const { seq, ...entry } of readAudit(db))
  process.stdout.write(`${JSON.stringify({ seq: Number(seq), ...entry })}\n`);
await db.$disconnect();
