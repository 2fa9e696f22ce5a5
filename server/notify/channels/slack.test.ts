import { describe, expect, it } from 'vitest';
import type { NotifiedAlert } from '../notification-content.ts';
import { message } from './testing/message.ts';
import { prepareSlackMessage } from './prepare-slack-message.ts';
import { readAnswer } from './read-answer.ts';

const BASE = 'http://127.0.0.1:3000';
const prepare = (event: 'firing' | 'resolved', rest: Partial<NotifiedAlert> = {}) =>
  prepareSlackMessage(message([{ status: event, ...rest }]));

interface Text {
  text: string;
}
const parts = ({ blocks }: ReturnType<typeof prepareSlackMessage>) => {
  const [header, section, fields, actions, context] = blocks as [
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
  parts(prepare('firing', { annotations })).buttons.map(([, url]) => url);

describe('prepareSlackMessage', () => {
  it('says what, where, since when, the value, and where to go', () => {
    const said = prepare('firing');
    expect(said.text).toBe('🔴 FIRING · CircuitOpen · gateway → payments: The breaker is open');
    expect(parts(said)).toEqual({
      header: '🔴 FIRING · CircuitOpen · gateway → payments',
      section: '*The breaker is open*\nCalls are refused.',
      fields: [
        '*Severity*\ncritical',
        '*Where*\ngateway → payments',
        '*Since*\n<!date^1777636800^{date_short_pretty} {time_secs}|2026-05-01T12:00:00Z>',
        '*Value*\n1  (max by (name) (circuit_breaker_state{state="open"}) == 1)',
      ],
      buttons: [
        ['Open in Switchyard', `${BASE}/circuits?breaker=gateway~payments`],
        ['Runbook', `${BASE}/runbooks/circuit-open`],
        ['All alerts', `${BASE}/alerts`],
      ],
      context: 'alertname=CircuitOpen  instance=gateway-1  name=payments  service=gateway  severity=critical',
    });
    expect(JSON.stringify(said)).not.toMatch(/resolved/i);
  });

  it('a resolve is a message of its own, with how long it lasted', () => {
    const resolvedMs = Date.UTC(2026, 4, 1, 13, 2, 3);
    const { header, fields } = parts(prepare('resolved', { resolvedMs }));
    expect(header).toMatch(/^🟢 RESOLVED · CircuitOpen/);
    expect(fields).toContain('*Lasted*\n1 h 2 min');
  });

  it.each([
    [{ check: 'orphans', severity: 'warning' }, 'orphans', '/integrity/orphans'],
    [{ service: 'orders' }, 'orders', '/services/orders'],
    [
      { service: 'orders', job: 'orders', messaging_consumer_group_name: 'orders' },
      'orders',
      '/dead-letters?service=orders',
    ],
    [{ job: 'auth', instance: 'x:1' }, 'auth', '/services/auth'],
    [{ zone: 'b' }, 'everywhere', '/alerts'],
  ])('%j is about %s', (labels, where, path) => {
    const { fields, buttons } = parts(prepare('firing', { labels }));
    expect(fields[1]).toBe(`*Where*\n${where}`);
    expect(buttons[0]![1]).toBe(BASE + path);
  });

  it('links to a runbook elsewhere, and to none that is no address', () => {
    expect(buttonsWith({ runbook_url: 'https://wiki.example/r' })).toContain('https://wiki.example/r');
    expect(buttonsWith({ runbook_url: 'javascript:alert(1)' })).toHaveLength(2);
  });

  it('leaves Slack nothing to interpret', () => {
    const evil = '<!channel> & <https://evil.example|click>';
    const annotations = { summary: evil, description: evil };
    const sent = prepare('firing', { rule: evil, labels: { service: evil }, annotations, expr: 'up < 1' });
    const said = JSON.stringify({ ...sent, blocks: sent.blocks.filter((_, index) => index !== 3) });
    expect(said).not.toMatch(/<(?!!date\^)/);
    expect(said).toContain('&lt;!channel&gt; &amp; &lt;https');
    expect(said).toContain('up &lt; 1');
  });

  it.each(['x', '&', '😀', 'ä<'])('keeps the limits however long its %s are', (character) => {
    const long = character.repeat(20_000);
    const labels = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`label_${index}`, long]));
    const { text, blocks } = prepare('resolved', {
      rule: long,
      labels: { ...labels, service: long },
      annotations: { summary: long, description: long },
      expr: long,
      resolvedMs: Date.now(),
    });
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

describe('a group', () => {
  const group = prepareSlackMessage(
    message(
      [
        {
          severity: 'warning',
          labels: { alertname: 'ServiceDown', service: 'a' },
          annotations: { summary: 'a is down' },
        },
        { severity: 'critical', labels: { alertname: 'ServiceDown', service: 'b' }, annotations: { summary: 'b & c' } },
        { status: 'resolved', resolvedMs: Date.UTC(2026, 4, 1, 12, 1), labels: { alertname: 'ServiceDown' } },
      ],
      { groupLabels: { alertname: 'ServiceDown' }, truncatedAlerts: 4 },
    ),
  );
  it('counts, lists and says what they have in common', () => {
    const [header, section, , context] = group.blocks as [{ text: Text }, { text: Text }, object, { elements: Text[] }];
    expect(header.text.text).toBe('🔴 FIRING · ServiceDown · 2 firing, 1 resolved, 4 more');
    expect(section.text.text.split('\n')).toEqual([
      '🟠 *a is down* · a',
      '🔴 *b &amp; c* · b',
      '🟢 *The breaker is open* _ended after 1 min 0 s_',
    ]);
    expect(context.elements[0]!.text).toBe('alertname=ServiceDown');
  });

  it('keeps the limits with a hundred alerts of long words', () => {
    const long = '&'.repeat(5_000);
    const many = Array.from({ length: 100 }, () => ({ annotations: { summary: long }, labels: { service: long } }));
    const [header, section] = prepareSlackMessage(message(many)).blocks as [{ text: Text }, { text: Text }];
    expect(header.text.text.length).toBeLessThanOrEqual(150);
    expect(section.text.text.length).toBeLessThanOrEqual(3_000);
    expect(section.text.text).toMatch(/… and 88 more$/);
    expect(section.text.text).not.toMatch(/&(?!amp;|lt;|gt;)/);
  });
});

describe('readAnswer', () => {
  const now = Date.UTC(2026, 4, 1);
  const answered = (status: number, body = '', retryAfter: string | null = null) =>
    readAnswer('Slack', { kind: 'answered', status, body, retryAfter }, now);
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
      readAnswer('Slack', { kind: 'unreachable', reason: 'ECONNREFUSED' }, now),
      { kind: 'retry', reason: 'ECONNREFUSED', afterMs: null },
    ],
    [
      'not allowed',
      readAnswer('Slack', { kind: 'refused', reason: 'private' }, now),
      { kind: 'failed', reason: 'private' },
    ],
  ])('%s', (_, outcome, expected) => expect(outcome).toEqual(expected));
});
