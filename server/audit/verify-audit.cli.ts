// npm run audit:verify [-- --head <seq>:<digest>]: exit code 0 when the chain of audit entries is whole, 1 when it is not.
import { parseArgs } from 'node:util';
import { createDb } from '#server/db.ts';
import { readEnv } from '#server/env.ts';
import { createLog } from '#server/log.ts';
import { readAudit } from './read-audit.ts';
import { verifyAudit } from './verify-audit.ts';

const { values } = parseArgs({ options: { head: { type: 'string' } } });
const noted = values.head === undefined ? null : /^(\d+):([0-9a-f]{64})$/.exec(values.head);
if (values.head !== undefined && !noted) throw new Error('--head is <seq>:<digest>, as an earlier run printed it.');
const witness = noted ? { seq: BigInt(noted[1]!), digest: noted[2]! } : undefined;

const db = createDb(readEnv().DATABASE_URL, createLog('audit', 'warn'));
const { entries, unchained, head, faults } = await verifyAudit(readAudit(db), witness);
await db.$disconnect();
for (const { seq, what } of faults) console.error(`entry ${seq} ${what}`);
if (unchained > 0) console.log(`${unchained} entries are from before there was a chain.`);
if (head) console.log(`head ${head.seq}:${head.digest}`);
console.log(faults.length === 0 ? `${entries} audit entries, the chain is whole.` : `The chain is broken.`);
process.exit(faults.length === 0 ? 0 : 1);
