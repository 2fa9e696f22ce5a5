// The test button, for each kind of channel, to a receiver on this machine.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSlackReceiver, type SlackReceiver } from '#e2e/slack-receiver.ts';
import { LOCAL_OPERATOR } from '#server/access/local-operator.ts';
import type { Ctx } from '#server/context.ts';
import { startTestControl, type TestControl } from '#server/testing/control.ts';
import { startHttpReceiver, type HttpReceiver } from './channels/testing/http-receiver.ts';
import { startSmtpReceiver, type SmtpReceiver } from './channels/testing/smtp-receiver.ts';
import { listChannels } from './list-channels.ts';
import { parseChannelsFile } from './parse-channels-file.ts';
import { testChannel } from './test-channel.ts';

let control: TestControl;
let slack: SlackReceiver;
let http: HttpReceiver;
let smtp: SmtpReceiver;
let ctx: Pick<Ctx, 'db' | 'config' | 'actor' | 'now'>;

beforeAll(async () => {
  [control, slack, http, smtp] = await Promise.all([
    startTestControl(),
    startSlackReceiver(),
    startHttpReceiver(),
    startSmtpReceiver(),
  ]);
  const channels = parseChannelsFile(
    `channels:
      - {name: slack, kind: slack, webhook: SLACK_URL}
      - {name: pagerduty, kind: pagerduty, routing_key: PAGERDUTY_KEY, url: "${http.url}"}
      - {name: webhook, kind: webhook, url: WEBHOOK_URL}
      - {name: email, kind: email, smtp: SMTP_URL, from: a@example.com, to: [b@example.com]}`,
    {
      SLACK_URL: slack.url,
      PAGERDUTY_KEY: 'k'.repeat(32),
      WEBHOOK_URL: http.url,
      SMTP_URL: `smtp://127.0.0.1:${smtp.port}`,
    },
  );
  const config = { channels: { values: () => channels, errors: () => [] }, publicUrl: 'http://127.0.0.1:3000' };
  ctx = { db: control.db, config: config as unknown as Ctx['config'], actor: LOCAL_OPERATOR, now: () => new Date() };
});
afterAll(async () => {
  http.stop();
  await Promise.all([control.stop(), slack.stop(), smtp.stop()]);
});

it.each([
  ['slack', 'Slack answered 200 ok', () => slack.messages[0]?.text],
  ['pagerduty', 'PagerDuty answered 202 noted', () => http.received[0]?.body.payload.summary],
  ['webhook', 'The receiver answered 202 noted', () => http.received.at(-1)?.body.alerts[0].annotations.summary],
  ['email', /took it for b@example\.com/, () => smtp.mails[0]?.raw],
])('%s', async (name, reason, received) => {
  const delivery = await testChannel(ctx, { name });
  expect(delivery).toMatchObject({ channel: name, status: 'sent', event: 'test' });
  expect(delivery.reason).toMatch(reason);
  expect(received()).toMatch(/This channel works/);
  const listed = (await listChannels(ctx)).find((channel) => channel.name === name);
  expect(listed).toMatchObject({ kind: name, configured: true, lastDelivery: { status: 'sent' } });
  expect(await control.db.auditEntry.count({ where: { verb: 'channels.test', subject: name } })).toBe(1);
});

it('a reader may not', async () => {
  const actor = { ...LOCAL_OPERATOR, role: 'reader' as const };
  await expect(testChannel({ ...ctx, actor }, { name: 'slack' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
});
