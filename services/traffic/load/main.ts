// The load generator, a process of its own so that nobody's event loop adds to the latencies it measures. It is given what to do as JSON, says
// what happens as lines of JSON, and stops when its input ends, which it does when whoever started it is gone.
import { setMaxListeners } from 'node:events';
import { z } from 'zod';
import { runLoad } from './run-load.ts';

const LoadInput = z.object({
  gatewayUrl: z.url(),
  workers: z.number().int().min(1),
  seconds: z.number().min(1),
  pace: z.number().positive(),
  oneAddress: z.boolean(),
});

const stopped = new AbortController();
// Every shopper listens while they wait.
setMaxListeners(0, stopped.signal);
const stop = () => stopped.abort();
process.stdin.on('end', stop).on('error', stop).resume();
process.once('SIGTERM', stop);
// Ctrl-C reaches the whole group: whoever started us decides.
process.on('SIGINT', () => {});
process.stdout.on('error', () => process.exit(1));

const say = (message: object) => process.stdout.write(`${JSON.stringify(message)}\n`);

const result = await runLoad({
  ...LoadInput.parse(JSON.parse(process.argv[2] ?? 'null')),
  stopped: stopped.signal,
  onTick: (tick, summary) => say({ kind: 'progress', tick, summary }),
});
process.stdout.write(`${JSON.stringify({ kind: 'done', result })}\n`, () => process.exit(0));
