import { alertHref } from '../alert-href.ts';
import type { Message } from './channel.ts';

/** Slack's limits in characters; the sum keeps clear of the undocumented cap on the whole text. */
const LIMIT = { header: 150, section: 2_900, field: 1_900, fields: 10, fallback: 3_000 } as const;
/** The glyph carries the state without colour. */
const STATE = {
  firing: { critical: '🔴 FIRING', warning: '🟠 FIRING', info: '🔵 FIRING' },
  resolved: '🟢 RESOLVED',
  test: '⚪ TEST',
} as const;

export interface SlackMessage {
  /** What notifications and screen readers show. */
  text: string;
  blocks: object[];
}

/** The Block Kit message for one alert: state and rule, what, where, since when and value, and where to go. */
export function prepareSlackMessage({ event, content }: Message, publicUrl: string): SlackMessage {
  const { rule, annotations, labels, severity } = content;
  const state = event === 'firing' ? STATE.firing[severity] : STATE[event];
  const what = annotations.summary ?? rule;
  const title = `${state} · ${rule}${whereOf(labels) ? ` · ${whereOf(labels)}` : ''}`;
  const blocks: object[] = [
    { type: 'header', text: { type: 'plain_text', text: cut(escape(title), LIMIT.header), emoji: true } },
    section(`*${escape(cut(what, 500))}*${annotations.description ? `\n${escape(annotations.description)}` : ''}`),
    { type: 'section', fields: fieldsOf(event, content) },
    { type: 'actions', elements: buttonsOf(content, publicUrl) },
    { type: 'context', elements: [{ type: 'mrkdwn', text: cut(labelLine(labels), LIMIT.field) }] },
  ];
  return { text: cut(escape(`${title}: ${what}`), LIMIT.fallback), blocks };
}

function fieldsOf(
  event: Message['event'],
  { severity, value, expr, activeSinceMs, firedMs, resolvedMs, labels }: Message['content'],
) {
  const facts: [string, string][] = [
    ['Severity', severity],
    ['Where', escape(whereOf(labels) || 'everywhere')],
    ['Since', time(activeSinceMs)],
  ];
  if (event === 'resolved' && resolvedMs !== null)
    facts.push(['Resolved', time(resolvedMs)], ['Lasted', duration(resolvedMs - (firedMs ?? activeSinceMs))]);
  if (value !== null) facts.push(['Value', `${escape(formatValue(value))}${expr ? `  (${escape(expr)})` : ''}`]);
  return facts.slice(0, LIMIT.fields).map(([name, text]) => ({
    type: 'mrkdwn',
    text: cut(`*${name}*\n${text}`, LIMIT.field),
  }));
}

function buttonsOf({ labels, annotations }: Message['content'], publicUrl: string): object[] {
  const buttons = [button('Open in Switchyard', `${publicUrl}${alertHref(labels)}`, 'primary')];
  const runbook = annotations.runbook;
  if (runbook) buttons.push(button('Runbook', `${publicUrl}/runbooks/${encodeURIComponent(runbook)}`));
  else if (/^https?:\/\//.test(annotations.runbook_url ?? ''))
    buttons.push(button('Runbook', annotations.runbook_url!));
  buttons.push(button('All alerts', `${publicUrl}/alerts`));
  return buttons;
}

function button(text: string, url: string, style?: 'primary'): object {
  return {
    type: 'button',
    text: { type: 'plain_text', text },
    url: cut(url, 3_000),
    action_id: text,
    ...(style && { style }),
  };
}

function section(text: string): object {
  return { type: 'section', text: { type: 'mrkdwn', text: cut(text, LIMIT.section) } };
}

/** Which thing it is about: the labels that name one, from the most particular. */
function whereOf({ name, service, check, job, instance }: Record<string, string>): string {
  if (check) return check;
  if (name && service) return `${service} → ${name}`;
  return service ?? job ?? instance ?? '';
}

function labelLine(labels: Record<string, string>): string {
  return Object.keys(labels)
    .toSorted()
    .map((name) => `${name}=${escape(labels[name]!)}`)
    .join('  ');
}

/** Slack shows the reader's own time zone; the text behind the bar is for clients that cannot. */
function time(ms: number): string {
  return `<!date^${Math.floor(ms / 1_000)}^{date_short_pretty} {time_secs}|${new Date(ms).toISOString().replace('.000Z', 'Z')}>`;
}

function duration(ms: number): string {
  const s = Math.max(Math.round(ms / 1_000), 0);
  if (s < 60) return `${s} s`;
  if (s < 3_600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  return `${Math.floor(s / 3_600)} h ${Math.floor((s % 3_600) / 60)} min`;
}

function formatValue(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
}

/** Slack's three control characters; everything else is text. */
function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Shortens to `max` characters without leaving half of a pair or of an escape. */
function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text.slice(0, max - 1).replace(/&[a-z]{0,3}$|[\uD800-\uDBFF]$/, '')}…`;
}
