import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseChannelsFile } from './parse-channels-file.ts';

const parse = (channel: string, secrets: Record<string, string> = {}) =>
  parseChannelsFile(`channels: [{name: c, ${channel}}]`, secrets);
const hintOf = (channel: string, secrets: Record<string, string>) => {
  const [{ send, hint }] = parse(channel, secrets) as [ReturnType<typeof parse>[0]];
  return send ? 'works' : hint;
};

it('the shipped file has every kind, and each says what it lacks', () => {
  const channels = parseChannelsFile(readFileSync('config/channels.yaml', 'utf8'), {});
  expect(Object.fromEntries(channels.map(({ kind, hint }) => [kind, hint.split(' to ')[0]]))).toEqual({
    email: 'Set SMTP_URL',
    pagerduty: 'Set PAGERDUTY_ROUTING_KEY',
    slack: 'Set SLACK_WEBHOOK_URL',
    webhook: 'Set WEBHOOK_URL',
  });
});

it.each([
  ['kind: slack, webhook: SLACK_WEBHOOK_URL', { SLACK_WEBHOOK_URL: 'https://hooks.slack.com/x' }, 'works'],
  [
    'kind: slack, webhook: SLACK_X',
    { SLACK_X: 'nonsense' },
    /^SLACK_X is not an address that begins with https:\/\/ or http:\/\//,
  ],
  ['kind: slack, webhook: SLACK_X', { SLACK_X: 'file:///etc/passwd' }, /is not an address/],
  ['kind: pagerduty, routing_key: PAGERDUTY_X', { PAGERDUTY_X: 'short' }, /32 characters/],
  ['kind: webhook, url: WEBHOOK_URL, bearer: WEBHOOK_T', { WEBHOOK_URL: 'https://a.example' }, /^Set WEBHOOK_T to/],
  ['kind: email, smtp: SMTP_URL, from: a@b.example, to: [c@d.example]', { SMTP_URL: 'smtps://m.example' }, 'works'],
  [
    'kind: email, smtp: SMTP_URL, from: a@b.example, to: SMTP_TO',
    { SMTP_URL: 'smtps://m.example', SMTP_TO: 'me' },
    /^SMTP_TO is not a list/,
  ],
  [
    'kind: email, smtp: SMTP_URL, from: a@b.example, to: [c@d.example]',
    { SMTP_URL: 'https://m.example' },
    /begins with smtp:/,
  ],
])('%s with %j: %s', (channel, secrets, expected) => {
  expect(hintOf(channel, secrets as Record<string, string>)).toMatch(expected);
  expect(hintOf(channel, secrets as Record<string, string>)).not.toContain('nonsense');
});

it.each([
  ['kind: fax', /line 1: channels\.0/],
  ['kind: slack, webhook: DATABASE_URL', /begins with SLACK_/],
  ['kind: slack, webhook: "https://hooks.slack.com/secret"', /begins with SLACK_/],
  ['kind: slack, webhook: SLACK_X, colour: red', /colour/],
])('refuses %s', (channel, fault) => expect(() => parse(channel)).toThrow(fault));
