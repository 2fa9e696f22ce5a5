import { describe, expect, it } from 'vitest';
import type { NotificationContent } from '../notification-content.ts';
import { prepareSlackMessage } from './prepare-slack-message.ts';
import { readSlackAnswer } from './slack.ts';

const BASE = 'http://127.0.0.1:3000';
const content = (rest: Partial<NotificationContent> = {}): NotificationContent => ({
  alertId: 'a',
  rule: 'CircuitOpen',
  severity: 'critical',
  labels: {
    alertname: 'CircuitOpen',
    name: 'payments',
    service: 'gateway',
    instance: 'gateway-1',
    severity: 'critical',
  },
  annotations: { summary: 'The breaker is open', description: 'Calls are refused.', runbook: 'circuit-open' },
  value: 1,
  expr: 'circuit_breaker_open == 1',
  reason: 'the expression became true',
  activeSinceMs: Date.UTC(2026, 4, 1, 12),
  firedMs: Date.UTC(2026, 4, 1, 12),
  resolvedMs: null,
  ...rest,
});

interface Text {
  text: string;
}
const parts = (message: ReturnType<typeof prepareSlackMessage>) => {
  const [header, section, fields, actions, context] = message.blocks as [
    { text: Text },
    { text: Text },
    { fields: Text[] },
    { elements: { text: Text; url: string }[] },
    { elements: Text[] },
  ];
  return {
    header: header.text.text,
    section: section.text.text,
    fields: fields.fields.map(({ text }) => text),
    buttons: actions.elements.map(({ text, url }) => [text.text, url]),
    context: context.elements[0]!.text,
  };
};

const buttonsWith = (annotations: Record<string, string>) =>
  parts(prepareSlackMessage({ event: 'firing', content: content({ annotations }) }, BASE)).buttons.map(
    ([, url]) => url,
  );

describe('prepareSlackMessage', () => {
  it('says what, where, since when, the value, and where to go', () => {
    const message = prepareSlackMessage({ event: 'firing', content: content() }, BASE);
    expect(message.text).toBe('🔴 FIRING · CircuitOpen · gateway → payments: The breaker is open');
    expect(parts(message)).toEqual({
      header: '🔴 FIRING · CircuitOpen · gateway → payments',
      section: '*The breaker is open*\nCalls are refused.',
      fields: [
        '*Severity*\ncritical',
        '*Where*\ngateway → payments',
        '*Since*\n<!date^1777636800^{date_short_pretty} {time_secs}|2026-05-01T12:00:00Z>',
        '*Value*\n1  (circuit_breaker_open == 1)',
      ],
      buttons: [
        ['Open in Switchyard', `${BASE}/circuits?breaker=gateway~payments`],
        ['Runbook', `${BASE}/runbooks/circuit-open`],
        ['All alerts', `${BASE}/alerts`],
      ],
      context: 'alertname=CircuitOpen  instance=gateway-1  name=payments  service=gateway  severity=critical',
    });
    expect(JSON.stringify(message)).not.toMatch(/resolved/i);
  });

  it('a resolve is a message of its own, with how long it lasted', () => {
    const resolvedMs = Date.UTC(2026, 4, 1, 13, 2, 3);
    const { header, fields } = parts(
      prepareSlackMessage({ event: 'resolved', content: content({ resolvedMs }) }, BASE),
    );
    expect(header).toMatch(/^🟢 RESOLVED · CircuitOpen/);
    expect(fields).toContain('*Lasted*\n1 h 2 min');
  });

  it.each([
    [{ check: 'orphans', severity: 'warning' }, 'orphans', '/integrity/orphans'],
    [{ service: 'orders' }, 'orders', '/services/orders'],
    [{ job: 'auth', instance: 'x:1' }, 'auth', '/services/auth'],
    [{ zone: 'b' }, 'everywhere', '/alerts'],
  ])('%j is about %s', (labels, where, path) => {
    const { fields, buttons } = parts(prepareSlackMessage({ event: 'firing', content: content({ labels }) }, BASE));
    expect(fields[1]).toBe(`*Where*\n${where}`);
    expect(buttons[0]![1]).toBe(BASE + path);
  });

  it('links to a runbook elsewhere, and to none that is no address', () => {
    expect(buttonsWith({ runbook_url: 'https://wiki.example/r' })).toContain('https://wiki.example/r');
    expect(buttonsWith({ runbook_url: 'javascript:alert(1)' })).toHaveLength(2);
  });

  it('leaves Slack nothing to interpret', () => {
    const evil = '<!channel> & <https://evil.example|click>';
    const message = prepareSlackMessage(
      {
        event: 'firing',
        content: content({
          rule: evil,
          labels: { service: evil },
          annotations: { summary: evil, description: evil },
          expr: 'up < 1',
        }),
      },
      BASE,
    );
    const said = JSON.stringify({ ...message, blocks: message.blocks.filter((_, index) => index !== 3) });
    expect(said).not.toMatch(/<(?!!date\^)/);
    expect(said).toContain('&lt;!channel&gt; &amp; &lt;https');
    expect(said).toContain('up &lt; 1');
  });

  it.each(['x', '&', '😀', 'ä<'])('keeps the limits however long its %s are', (character) => {
    const long = character.repeat(20_000);
    const labels = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`label_${index}`, long]));
    const { text, blocks } = prepareSlackMessage(
      {
        event: 'resolved',
        content: content({
          rule: long,
          labels: { ...labels, service: long },
          annotations: { summary: long, description: long },
          expr: long,
          resolvedMs: Date.now(),
        }),
      },
      BASE,
    );
    const said = parts({ text, blocks });
    expect(said.header.length).toBeLessThanOrEqual(150);
    expect(said.section.length).toBeLessThanOrEqual(3_000);
    expect(said.fields.length).toBeLessThanOrEqual(10);
    for (const field of said.fields) expect(field.length).toBeLessThanOrEqual(2_000);
    expect(said.context.length).toBeLessThanOrEqual(2_000);
    expect(said.header.length + said.section.length + said.fields.join('').length + said.context.length).toBeLessThan(
      11_000,
    );
    expect(text.length).toBeLessThanOrEqual(3_000);
    for (const part of [text, said.header, said.section, ...said.fields]) expect(part.isWellFormed()).toBe(true);
    expect(said.section).not.toMatch(/&(?!amp;|lt;|gt;)/);
    for (const [, url] of said.buttons) expect(url!.length).toBeLessThanOrEqual(3_000);
  });
});

describe('readSlackAnswer', () => {
  const now = Date.UTC(2026, 4, 1);
  const answered = (status: number, body = '', retryAfter: string | null = null) =>
    readSlackAnswer({ kind: 'answered', status, body, retryAfter }, now);
  it.each([
    ['ok', answered(200, 'ok'), { kind: 'sent', reason: 'Slack answered 200 ok' }],
    [
      'too fast',
      answered(429, 'rate_limited', '7'),
      { kind: 'retry', reason: 'Slack answered 429 rate_limited', afterMs: 7_000 },
    ],
    ['broken', answered(503, '', null), { kind: 'retry', reason: 'Slack answered 503', afterMs: null }],
    [
      'wrong blocks',
      answered(400, 'invalid_blocks\n'),
      { kind: 'failed', reason: 'Slack answered 400 invalid_blocks' },
    ],
    ['no such hook', answered(404, 'no_service'), { kind: 'failed', reason: 'Slack answered 404 no_service' }],
    ['moved', answered(302), { kind: 'failed', reason: 'Slack answered 302: a redirect is not followed' }],
    [
      'away',
      readSlackAnswer({ kind: 'unreachable', reason: 'ECONNREFUSED' }, now),
      { kind: 'retry', reason: 'ECONNREFUSED', afterMs: null },
    ],
    [
      'not allowed',
      readSlackAnswer({ kind: 'refused', reason: 'private' }, now),
      { kind: 'failed', reason: 'private' },
    ],
  ])('%s', (_, outcome, expected) => expect(outcome).toEqual(expected));
});
