// Consumes into the ledger, and tells its parent where it is with each event, so that it can be killed there.
import { createLog } from '../../log.ts';
import { consumeDelivery } from '../consume-delivery.ts';
import { readEventsEnv } from '../env.ts';
import { openTransport } from '../open-transport.ts';
import { ledgerHandlers, openLedger } from './ledger.ts';

/** Long enough for the parent's signal to arrive while the event is where it was said to be. */
const PAUSE_MS = 15;
const env = readEventsEnv();
const log = createLog('ledger', 'silent');
const database = openLedger(env.DATABASE_URL!);
const transport = openTransport(log, env, { leaseMs: 500, idleMs: 10 });
const { system } = transport;

async function tell(stage: 'uncommitted' | 'unsettled', eventId: string): Promise<void> {
  process.send?.({ stage, eventId });
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
}

const handlers = ledgerHandlers((eventId) => tell('uncommitted', eventId));
while ((await database.whyNotReady()) !== null) await new Promise((resolve) => setTimeout(resolve, 20));
await transport.subscribe({
  group: 'ledger',
  names: ['order.created'],
  deliver: async (delivery) => {
    const settlement = await consumeDelivery(
      { db: database.db, group: 'ledger', system, handlers, metrics: { processed: () => {} }, log },
      delivery,
    );
    await tell('unsettled', (delivery.body as { id: string }).id);
    return settlement;
  },
});
process.send?.({ stage: 'subscribed' });
process.once('disconnect', () => process.exit(0));
