// npm run loadtest -- <workers> <seconds>: sends shoppers through the gateway, shows how they fare, and ends with 0 when 95 % or more were served
// without any 502, 503 or missing answer, with 1 otherwise, with 2 when it could not be run. Kept in the console's history if its database is there.
import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { createDb } from '#server/db.ts';
import { readEnv } from '#server/env.ts';
import { AppError } from '#server/errors.ts';
import { createLog } from '#server/log.ts';
import { advise } from './advise.ts';
import { judge } from './judge.ts';
import { describeTick, describeResult } from './describe.ts';
import { runGenerator } from './run-generator.ts';
import { runLoadTests } from './run-load-tests.ts';
import { StartLoadTestInput, type Result, type Summary, type Tick } from './schema.ts';
import { startLoadTest } from './start-load-test.ts';
import { stopLoadTest } from './stop-load-test.ts';

const USAGE = `Usage: npm run loadtest -- <workers> <seconds> [--pace <requests a second of one shopper, 1>] [--one-address]
  GATEWAY_URL  where they shop; http://127.0.0.1:4000 unless set`;

const isLive = process.stdout.isTTY;
const now = () => new Date();

try {
  const input = readInput();
  const { GATEWAY_URL: target, DATABASE_URL: databaseUrl } = readEnv();
  const gatewayUrl = target ?? 'http://127.0.0.1:4000';
  console.log(
    `${input.workers} shoppers for ${input.seconds} s at ${gatewayUrl}, ${input.pace} requests a second each${input.oneAddress ? ', all from one address' : ''}.\n`,
  );
  const result = await shop(gatewayUrl, databaseUrl, input);
  const verdict = judge(result);
  const advice = advise(input, result, []);
  console.log(`\n${describeResult(result, verdict, advice)}`);
  process.exit(result.isStopped || !verdict.isPassed ? 1 : 0);
} catch (error) {
  console.error(error instanceof AppError ? error.message : error);
  process.exit(2);
}

/** Through the console's database if it is there, so that history, comparison and the rule of one at a time hold; without it otherwise. */
async function shop(target: string, databaseUrl: string, input: ReturnType<typeof readInput>): Promise<Result> {
  const log = createLog('loadtest', 'silent');
  const db = createDb(databaseUrl, log);
  const isKept = await db.loadTest.count().then(
    () => true,
    () => false,
  );
  if (!isKept) {
    console.log('No control database answers here: this test is not kept.\n');
    const generator = runGenerator({ gatewayUrl: target, ...input }, onProgress);
    process.on('SIGINT', generator.stop);
    return generator.done;
  }
  const actor = { id: 'terminal', name: `${userInfo().username} in a terminal`, role: 'admin' as const };
  const loadTests = runLoadTests({ db, log, now, target, onProgress });
  const context = { db, actor, now, loadTests };
  const { id } = await startLoadTest(context, input);
  process.on('SIGINT', () => void stopLoadTest(context, { id }).catch(() => {}));
  const result = await loadTests.whenDone(id);
  await loadTests.stop();
  await db.$disconnect();
  if (!result) throw new AppError('INTERNAL', 'The load test broke; the page Load tests says why.');
  console.log(`\nKept: /load-tests?test=${id}`);
  return result;
}

function onProgress(tick: Tick, summary: Summary): void {
  const line = describeTick(tick, summary);
  if (isLive) process.stdout.write(`\r\u001B[K${line}`);
  else console.log(line);
}

function readArguments() {
  try {
    return parseArgs({
      args: process.argv.slice(2),
      options: {
        pace: { type: 'string', default: '1' },
        'one-address': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    throw new AppError('BAD_REQUEST', `${error instanceof Error ? error.message : error}\n${USAGE}`);
  }
}

function readInput() {
  const { positionals, values } = readArguments();
  if (values.help) {
    console.log(USAGE);
    process.exit(0);
  }
  const [workers = '10', seconds = '30'] = positionals;
  const parsed = StartLoadTestInput.safeParse({
    workers: Number(workers),
    seconds: Number(seconds),
    pace: Number(values.pace),
    oneAddress: values['one-address'],
  });
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
  throw new AppError('BAD_REQUEST', [...faults, USAGE].join('\n'));
}
