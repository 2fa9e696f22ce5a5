// What only RabbitMQ has; all else is conformance.test.ts.
import { randomUUID } from 'node:crypto';
import { connect, type Channel, type ChannelModel } from 'amqplib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createLog } from '../../log.ts';
import { hasRabbitmq, startTestRabbitmq, WITHOUT_RABBITMQ, type TestRabbitmq } from '../../testing/rabbitmq-server.ts';
import { ATTEMPTS_MAX } from '../decide-failure.ts';
import type { EventEnvelope } from '../event.ts';
import type { Delivery, Transport } from '../transport.ts';
import { openRabbitmqTransport } from './rabbitmq-transport.ts';
import { deadQueueOf, DELIVERIES_MAX, queueOf } from './topology.ts';

const NAME = 'order.created';
const PATIENCE = { timeout: 50_000, interval: 20 };
const START_MS_MAX = 240_000;

describe.skipIf(!hasRabbitmq())(hasRabbitmq() ? 'RabbitMQ' : `RabbitMQ (skipped: ${WITHOUT_RABBITMQ})`, () => {
  const opened: Transport[] = [];
  let rabbitmq: TestRabbitmq;
  let connection: ChannelModel;
  let operator: Channel;

  beforeAll(async () => {
    rabbitmq = await startTestRabbitmq();
    connection = await connect(`amqp://127.0.0.1:${rabbitmq.port}`);
    operator = await connection.createChannel();
  }, START_MS_MAX);
  afterAll(async () => {
    await Promise.all(opened.map((transport) => transport.close()));
    await connection?.close();
    await rabbitmq?.stop();
  });

  function open() {
    const url = `amqp://127.0.0.1:${rabbitmq.port}`;
    const transport = openRabbitmqTransport({ url, log: createLog('rabbitmq', 'silent'), idleMs: 10 });
    opened.push(transport);
    return transport;
  }

  /** A group that writes down what it is given. */
  async function listen(group: string, names = [NAME]) {
    const seen: Delivery[] = [];
    const end = await open().subscribe({
      group,
      names,
      deliver: async (delivery) => {
        seen.push(delivery);
        return { kind: 'done' };
      },
    });
    return { seen, end };
  }

  test('what a queue gives up on reaches its group as an event that has no attempts left', async () => {
    const first = await listen('crashing');
    await first.end();
    const event = created();
    await open().publish([event]);
    const queue = queueOf('crashing', NAME);
    // As consumers do that die before they can count.
    for (let count = 0; count <= DELIVERIES_MAX; count++) {
      const message = await vi.waitFor(async () => {
        const got = await operator.get(queue);
        if (!got) throw new Error('not there yet');
        return got;
      }, PATIENCE);
      operator.nack(message);
    }
    await vi.waitFor(async () => {
      expect(await operator.checkQueue(deadQueueOf('crashing'))).toMatchObject({ messageCount: 1 });
    }, PATIENCE);
    expect(await operator.get(queue)).toBe(false);

    const { seen, end } = await listen('crashing');
    await vi.waitFor(() => expect(seen).toHaveLength(1), PATIENCE);
    expect(seen[0]!.body).toEqual(event);
    expect(seen[0]!.attempt).toBeGreaterThan(ATTEMPTS_MAX);
    await end();
  });

  test('a queue that somebody deletes is declared again, and is consumed', async () => {
    const { seen, end } = await listen('deleted');
    const queue = queueOf('deleted', NAME);
    await operator.deleteQueue(queue);
    await vi.waitFor(async () => {
      const looking = await connection.createChannel();
      looking.on('error', () => {});
      expect(await looking.checkQueue(queue)).toMatchObject({ consumerCount: 1 });
      await looking.close();
    }, PATIENCE);
    const event = created();
    await open().publish([event]);
    await vi.waitFor(() => expect(seen.map(({ body }) => body)).toEqual([event]), PATIENCE);
    await end();
  });

  test('what a group no longer wants is not kept for it', async () => {
    const publisher = open();
    const queue = queueOf('changing', NAME);
    await (await listen('changing')).end();
    await publisher.publish([created()]);
    expect(await operator.get(queue, { noAck: true })).not.toBe(false);
    await (await listen('changing', ['order.paid'])).end();
    await publisher.publish([created()]);
    expect(await operator.get(queue, { noAck: true })).toBe(false);
  });

  test('what is no event at all is delivered as it is', async () => {
    const { seen, end } = await listen('foreign');
    operator.publish('switchyard.events', `${NAME}.v1`, Buffer.from('<order/>'));
    await vi.waitFor(() => expect(seen).toEqual([{ body: '<order/>', attempt: 1 }]), PATIENCE);
    await end();
  });
});

function created(): EventEnvelope {
  const id = randomUUID();
  return { id, type: `${NAME}.v1`, key: id, occurredAt: new Date().toISOString(), payload: {}, headers: {} };
}
