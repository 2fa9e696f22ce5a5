import { alertHref } from '../alert-href.ts';
import type { NotifiedAlert } from '../notification-content.ts';
import type { Message } from './channel.ts';
import { inCommon } from './prepare-webhook-payload.ts';
import { countsOf, cut, formatValue, lasted, runbookHref, whereOf } from './wording.ts';

/** Slack's limits in characters; the sum keeps clear of the undocumented cap on the whole text. */
const LIMIT = { header: 150, section: 2_900, field: 1_900, fields: 10, fallback: 3_000 } as const;
const LINES_MAX = 12;
/** The glyph carries the state without colour. */
const STATE = {
  firing: { critical: '🔴 FIRING', warning: '🟠 FIRING', info: '🔵 FIRING' },
  resolved: '🟢 RESOLVED',
  test: '⚪ TEST',
} as const;
const SEVERITIES = ['critical', 'warning', 'info'] as const;

export interface SlackMessage {
  /** What notifications and screen readers show. */
  text: string;
  blocks: object[];
}

/** The Block Kit message: an alert with what, where, since when and value; a group as a list; and where to go. */
export function prepareSlackMessage(message: Message): SlackMessage {
  const [alert, ...others] = message.content.alerts as [NotifiedAlert, ...NotifiedAlert[]];
  return others.length === 0 ? prepareOne(message, alert) : prepareGroup(message);
}

function prepareOne({ event, publicUrl }: Message, alert: NotifiedAlert): SlackMessage {
  const { rule, annotations, labels } = alert;
  const state = event === 'test' ? STATE.test : stateOf(alert);
  const what = annotations.summary ?? rule;
  const title = `${state} · ${rule}${whereOf(labels) ? ` · ${whereOf(labels)}` : ''}`;
  const blocks: object[] = [
    header(title),
    section(`*${escape(cut(what, 500))}*${annotations.description ? `\n${escape(annotations.description)}` : ''}`),
    { type: 'section', fields: fieldsOf(alert) },
    { type: 'actions', elements: buttonsOf(alertHref(labels), annotations, publicUrl) },
    context(labels),
  ];
  return { text: cut(escape(`${title}: ${what}`), LIMIT.fallback), blocks };
}

function prepareGroup({ content, publicUrl }: Message): SlackMessage {
  const { alerts, groupLabels, truncatedAlerts } = content;
  const state = stateOf(worst(alerts));
  const about = groupLabels.alertname ?? [...new Set(alerts.map(({ rule }) => rule))].join(', ');
  const title = `${state} · ${about} · ${countsOf(alerts, truncatedAlerts)}`;
  const common = inCommon(alerts.map(({ labels }) => labels));
  const left = alerts.length - LINES_MAX + truncatedAlerts;
  const lines = alerts.slice(0, LINES_MAX).map(lineOf);
  if (left > 0) lines.push(`… and ${left} more`);
  const annotations = inCommon(alerts.map((alert) => alert.annotations));
  const blocks: object[] = [
    header(title),
    section(lines.map((line) => cut(line, Math.floor(LIMIT.section / (LINES_MAX + 1)))).join('\n')),
    { type: 'actions', elements: buttonsOf(alertHref(common), annotations, publicUrl) },
    context(common),
  ];
  return { text: cut(escape(`${title}: ${alerts[0]!.annotations.summary ?? about}`), LIMIT.fallback), blocks };
}

function stateOf({ status, severity }: NotifiedAlert): string {
  return status === 'resolved' ? STATE.resolved : STATE.firing[severity];
}

/** The gravest of those that fire, or any when all have ended. */
function worst(alerts: readonly NotifiedAlert[]): NotifiedAlert {
  const firing = alerts.filter(({ status }) => status === 'firing');
  return SEVERITIES.flatMap((severity) => firing.filter((alert) => alert.severity === severity))[0] ?? alerts[0]!;
}

function lineOf(alert: NotifiedAlert): string {
  const where = whereOf(alert.labels);
  const [glyph] = stateOf(alert).split(' ');
  const ended = alert.status === 'resolved' ? ` _ended after ${lasted(alert) ?? 'a while'}_` : '';
  return `${glyph} *${escape(cut(alert.annotations.summary ?? alert.rule, 120))}*${where ? ` · ${escape(cut(where, 60))}` : ''}${ended}`;
}

function fieldsOf(alert: NotifiedAlert) {
  const { severity, value, expr, activeSinceMs, resolvedMs, labels, status } = alert;
  const facts: [string, string][] = [
    ['Severity', severity],
    ['Where', escape(whereOf(labels) || 'everywhere')],
    ['Since', time(activeSinceMs)],
  ];
  if (status === 'resolved' && resolvedMs !== null)
    facts.push(['Resolved', time(resolvedMs)], ['Lasted', lasted(alert) ?? '']);
  if (value !== null) facts.push(['Value', `${escape(formatValue(value))}${expr ? `  (${escape(expr)})` : ''}`]);
  return facts.slice(0, LIMIT.fields).map(([name, text]) => ({
    type: 'mrkdwn',
    text: cut(`*${name}*\n${text}`, LIMIT.field),
  }));
}

function buttonsOf(href: string, annotations: Record<string, string>, publicUrl: string): object[] {
  const buttons = [button('Open in Switchyard', `${publicUrl}${href}`, 'primary')];
  const runbook = runbookHref(annotations, publicUrl);
  if (runbook) buttons.push(button('Runbook', runbook));
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

function header(title: string): object {
  return { type: 'header', text: { type: 'plain_text', text: cut(escape(title), LIMIT.header), emoji: true } };
}

function section(text: string): object {
  return { type: 'section', text: { type: 'mrkdwn', text: cut(text, LIMIT.section) } };
}

function context(labels: Record<string, string>): object {
  const line = Object.keys(labels)
    .toSorted()
    .map((name) => `${name}=${escape(labels[name]!)}`)
    .join('  ');
  // Slack refuses an empty text.
  return { type: 'context', elements: [{ type: 'mrkdwn', text: cut(line, LIMIT.field) || 'no labels in common' }] };
}

/** Slack shows the reader's own time zone; the text behind the bar is for clients that cannot. */
function time(ms: number): string {
  return `<!date^${Math.floor(ms / 1_000)}^{date_short_pretty} {time_secs}|${new Date(ms).toISOString().replace('.000Z', 'Z')}>`;
}

/** Slack's three control characters; everything else is text. */
function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
