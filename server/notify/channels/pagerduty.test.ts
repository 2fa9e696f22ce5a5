import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { parseChannelsFile } from '../parse-channels-file.ts';
import type { Message } from './channel.ts';
import { startHttpReceiver, type HttpReceiver } from './testing/http-receiver.ts';
import { message } from './testing/message.ts';

const KEY = 'R'.repeat(32);
let receiver: HttpReceiver;
beforeAll(async () => {
  receiver = await startHttpReceiver();
});
beforeEach(() => {
  receiver.answerWith(202);
  receiver.received.length = 0;
});
afterAll(() => receiver.stop());

const send = (told: Message) =>
  parseChannelsFile(
    `channels: [{name: oncall, kind: pagerduty, routing_key: PAGERDUTY_ROUTING_KEY, url: "${receiver.url}"}]`,
    { PAGERDUTY_ROUTING_KEY: KEY },
  )[0]!.send!(told);
const bodies = () => receiver.received.map(({ body }) => body);

it('triggers under the fingerprint, and resolves under the same', async () => {
  expect(await send(message([{}]))).toMatchObject({ kind: 'sent' });
  expect(await send(message([{ status: 'resolved', resolvedMs: Date.now() }]))).toMatchObject({ kind: 'sent' });
  const key = { routing_key: KEY, dedup_key: '0123456789abcdef' };
  expect(bodies()).toEqual([
    {
      ...key,
      event_action: 'trigger',
      payload: {
        summary: 'CircuitOpen · gateway → payments: The breaker is open',
        source: 'gateway-1',
        severity: 'critical',
        timestamp: '2026-05-01T12:00:00.000Z',
        component: 'gateway',
        class: 'CircuitOpen',
        custom_details: {
          description: 'Calls are refused.',
          value: '1',
          expression: 'max by (name) (circuit_breaker_state{state="open"}) == 1',
          alertname: 'CircuitOpen',
          name: 'payments',
          service: 'gateway',
          instance: 'gateway-1',
          severity: 'critical',
        },
      },
      client: 'Switchyard',
      client_url: 'http://127.0.0.1:3000/alerts',
      links: [
        { href: 'http://127.0.0.1:3000/circuits?breaker=gateway~payments', text: 'Open in Switchyard' },
        { href: 'http://127.0.0.1:3000/runbooks/circuit-open', text: 'Runbook' },
      ],
    },
    { ...key, event_action: 'resolve' },
  ]);
});

it('a test leaves no incident open', async () => {
  expect(await send({ ...message([{}]), event: 'test' })).toMatchObject({ kind: 'sent' });
  expect(bodies().map(({ event_action }) => event_action)).toEqual(['trigger', 'resolve']);
});

it('a summary keeps the limit', async () => {
  await send(message([{ annotations: { summary: '😀'.repeat(3_000) }, labels: { instance: 'x'.repeat(3_000) } }]));
  const { summary, source } = bodies()[0].payload;
  expect(summary.length).toBeLessThanOrEqual(1_024);
  expect(source.length).toBeLessThanOrEqual(1_024);
  expect(summary.isWellFormed()).toBe(true);
});

it.each([
  [400, 'failed'],
  [429, 'retry'],
  [500, 'retry'],
])('an answer of %s means %s', async (status, kind) => {
  receiver.answerWith(status);
  expect(await send(message([{}]))).toMatchObject({ kind });
});
