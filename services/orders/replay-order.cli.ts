// npm run orders:replay -- <order id>: plays an order's events again, and compares what they come to with what is stored.
import { isDeepStrictEqual, parseArgs, styleText } from 'node:util';
import { z } from 'zod';
import { replaySteps, type SagaData } from './saga.ts';

const History = z.object({
  orderId: z.uuid(),
  data: z.custom<SagaData>((value) => typeof value === 'object'),
  events: z.array(
    z.object({
      version: z.number(),
      type: z.string(),
      payload: z.unknown(),
      occurredAt: z.string(),
      traceId: z.string(),
    }),
  ),
});

const { positionals } = parseArgs({ allowPositionals: true });
const id = z.uuid().safeParse(positionals[0]);
if (!id.success) throw new Error('Say which order: npm run orders:replay -- <order id>');
const origin = process.env.ORDERS_URL?.split(',')[0] ?? `http://127.0.0.1:${process.env.ORDERS_PORT ?? 4004}`;
const answer = await fetch(`${origin}/internal/orders/${id.data}/history`);
if (!answer.ok) throw new Error(`${origin} answered ${answer.status}: ${await answer.text()}`);
const { events, data } = History.parse(await answer.json());

for (const { version, occurredAt, type, payload, traceId } of events)
  console.log(
    `${String(version).padStart(3)}  ${occurredAt}  ${replaySteps(events.slice(0, version)).state.padEnd(15)}  ${type}  ${JSON.stringify(payload)}  trace ${traceId}`,
  );
const replayed = replaySteps(events);
console.log(`\nreplayed  ${JSON.stringify(replayed)}\nstored    ${JSON.stringify(data)}`);
const agrees = isDeepStrictEqual(replayed, data);
console.log(agrees ? styleText('green', 'The events come to what is stored.') : styleText('red', 'They differ.'));
process.exitCode = agrees ? 0 : 1;
