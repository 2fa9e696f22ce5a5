import { createHash } from 'node:crypto';
import { alertHref } from '../alert-href.ts';
import type { NotifiedAlert } from '../notification-content.ts';
import type { Message } from './channel.ts';
import { countsOf, cut, formatValue, lasted, runbookHref, whereOf } from './wording.ts';

const SUBJECT_MAX = 200;
const TEXT_MAX = 4_000;
const ALERTS_MAX = 50;

export interface PreparedEmail {
  subject: string;
  text: string;
  html: string;
  references: string;
  headers: Record<string, string>;
}

interface Fact {
  name: string;
  value: string;
}

/** The mail in plain text and in HTML. All mails about one group refer to the same id, so that mail programs show them as one conversation. */
export function prepareEmail(message: Message): PreparedEmail {
  const { content, publicUrl } = message;
  const alerts = content.alerts.slice(0, ALERTS_MAX);
  const title = titleOf(message);
  const described = alerts.map((alert) => describe(alert, message));
  const left = content.alerts.length - alerts.length + content.truncatedAlerts;
  const more = left > 0 ? `and ${left} more: ${publicUrl}/alerts` : '';
  const text = [
    title,
    ...described.map(({ heading, description, facts, links }) =>
      [heading, description, ...facts.map(lineOf), ...links.map(lineOf)].filter(Boolean).join('\n'),
    ),
    more,
    `Sent by Switchyard, ${publicUrl}`,
  ];
  const html = [
    '<!doctype html><html><body style="margin:0;padding:16px;font:14px/1.5 system-ui,sans-serif">',
    `<h1 style="font-size:18px;margin:0 0 12px">${escape(title)}</h1>`,
    ...described.map(htmlOf),
    more && `<p>${escape(more)}</p>`,
    `<p style="font-size:12px">Sent by <a href="${escape(publicUrl)}">Switchyard</a></p></body></html>`,
  ];
  const thread = createHash('sha256').update(content.groupKey).digest('hex').slice(0, 32);
  return {
    subject: cut(title, SUBJECT_MAX),
    text: text.filter(Boolean).join('\n\n'),
    html: html.filter(Boolean).join('\n'),
    references: `<${thread}@${new URL(publicUrl).hostname}>`,
    // RFC 3834: no out-of-office answers this.
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}

function titleOf({ event, content }: Message): string {
  const [alert, ...others] = content.alerts as [NotifiedAlert, ...NotifiedAlert[]];
  const state = `[${event.toUpperCase()}]`;
  if (others.length > 0) {
    const rules = content.groupLabels.alertname ?? [...new Set(content.alerts.map(({ rule }) => rule))].join(', ');
    return `${state} ${rules}: ${countsOf(content.alerts, content.truncatedAlerts)}`;
  }
  return `${state} ${alert.rule}: ${alert.annotations.summary ?? (whereOf(alert.labels) || alert.severity)}`;
}

function describe(alert: NotifiedAlert, { publicUrl }: Message) {
  const { labels, annotations, value, expr, severity, activeSinceMs, resolvedMs, status } = alert;
  const facts: Fact[] = [
    { name: 'State', value: `${status}, ${severity}` },
    { name: 'Where', value: whereOf(labels) || 'everywhere' },
    { name: 'Since', value: new Date(activeSinceMs).toISOString() },
  ];
  if (resolvedMs !== null)
    facts.push({ name: 'Resolved', value: `${new Date(resolvedMs).toISOString()}, after ${lasted(alert)}` });
  if (value !== null) facts.push({ name: 'Value', value: `${formatValue(value)}${expr ? ` (${expr})` : ''}` });
  facts.push({
    name: 'Labels',
    value: cut(
      Object.entries(labels)
        .map((pair) => pair.join('='))
        .join(', '),
      TEXT_MAX,
    ),
  });
  const links: Fact[] = [{ name: 'Open in Switchyard', value: `${publicUrl}${alertHref(labels)}` }];
  const runbook = runbookHref(annotations, publicUrl);
  if (runbook) links.push({ name: 'Runbook', value: runbook });
  return {
    heading: cut(annotations.summary ?? alert.rule, TEXT_MAX),
    description: cut(annotations.description ?? '', TEXT_MAX),
    facts,
    links,
  };
}

function htmlOf({ heading, description, facts, links }: ReturnType<typeof describe>): string {
  const rows = facts.map(
    ({ name, value }) => `<tr><th align="left" style="padding-right:16px">${name}</th><td>${escape(value)}</td></tr>`,
  );
  const anchors = links.map(({ name, value }) => `<a href="${escape(value)}">${name}</a>`);
  return `<h2 style="font-size:15px;margin:16px 0 4px">${escape(heading)}</h2><p>${escape(description)}</p><table cellspacing="0">${rows.join('')}</table><p>${anchors.join(' · ')}</p>`;
}

function lineOf({ name, value }: Fact): string {
  return `${name}: ${value}`;
}

/** What an alert says is text, also where it looks like markup. */
function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
