import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseChannelsFile } from '../parse-channels-file.ts';
import { startHttpReceiver, type HttpReceiver } from './testing/http-receiver.ts';
import { message } from './testing/message.ts';

let receiver: HttpReceiver;
beforeAll(async () => {
  receiver = await startHttpReceiver();
});
afterAll(() => receiver.stop());

const FILE = 'channels: [{name: oncall, kind: webhook, url: WEBHOOK_URL, bearer: WEBHOOK_TOKEN}]';
const open = () => parseChannelsFile(FILE, { WEBHOOK_URL: receiver.url, WEBHOOK_TOKEN: 's3cret' })[0]!.send!;

it('posts what Alertmanager posts, version 4, with the bearer', async () => {
  const resolvedMs = Date.UTC(2026, 4, 1, 12, 5);
  const labels = { alertname: 'CircuitOpen', service: 'orders' };
  const told = message([{}, { status: 'resolved', resolvedMs, labels, generatorUrl: 'http://prometheus/graph' }], {
    groupKey: '{}:{alertname="CircuitOpen"}',
    groupLabels: { alertname: 'CircuitOpen' },
    truncatedAlerts: 3,
  });
  expect(await open()(told)).toEqual({ kind: 'sent', reason: 'The receiver answered 202 noted' });
  const { headers, body } = receiver.received.at(-1)!;
  expect(headers).toMatchObject({ authorization: 'Bearer s3cret', 'content-type': 'application/json; charset=utf-8' });
  const annotations = {
    summary: 'The breaker is open',
    description: 'Calls are refused.',
    runbook: 'circuit-open',
    runbook_url: 'http://127.0.0.1:3000/runbooks/circuit-open',
  };
  expect(body).toEqual({
    version: '4',
    groupKey: '{}:{alertname="CircuitOpen"}',
    truncatedAlerts: 3,
    status: 'firing',
    receiver: 'oncall',
    groupLabels: { alertname: 'CircuitOpen' },
    commonLabels: { alertname: 'CircuitOpen' },
    commonAnnotations: annotations,
    externalURL: 'http://127.0.0.1:3000',
    alerts: [
      {
        status: 'firing',
        labels: told.content.alerts[0]!.labels,
        annotations,
        startsAt: '2026-05-01T12:00:00.000Z',
        endsAt: '0001-01-01T00:00:00Z',
        generatorURL: 'http://127.0.0.1:3000/circuits?breaker=gateway~payments',
        fingerprint: '0123456789abcdef',
      },
      {
        status: 'resolved',
        labels,
        annotations,
        startsAt: '2026-05-01T12:00:00.000Z',
        endsAt: '2026-05-01T12:05:00.000Z',
        generatorURL: 'http://prometheus/graph',
        fingerprint: '0123456789abcdef',
      },
    ],
  });
});

it.each([
  [503, 'retry'],
  [429, 'retry'],
  [401, 'failed'],
  [204, 'sent'],
])('an answer of %s means %s', async (status, kind) => {
  receiver.answerWith(status);
  expect(await open()(message([{}]))).toMatchObject({ kind });
});

it('does not leave the machine for a private network', async () => {
  const [channel] = parseChannelsFile(FILE, { WEBHOOK_URL: 'https://10.1.2.3/hook', WEBHOOK_TOKEN: 'x' });
  expect(await channel!.send!(message([{}]))).toMatchObject({
    kind: 'failed',
    reason: expect.stringMatching(/private network/),
  });
});
