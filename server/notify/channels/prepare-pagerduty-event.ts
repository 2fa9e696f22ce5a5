import { alertHref } from '../alert-href.ts';
import type { NotifiedAlert } from '../notification-content.ts';
import type { Message } from './channel.ts';
import { cut, runbookHref, whereOf } from './wording.ts';

export type EventAction = 'trigger' | 'resolve';

const SUMMARY_MAX = 1_024;
/** The whole event may have 512 KB; what a person reads of one text is far less. */
const DETAIL_MAX = 2_000;
const DETAILS_MAX = 50;

/** The event for the one alert of `content`. */
export function preparePagerDutyEvent({ content, publicUrl }: Message, routingKey: string, action: EventAction) {
  const [alert] = content.alerts as [NotifiedAlert];
  const key = { routing_key: routingKey, event_action: action, dedup_key: alert.fingerprint };
  if (action === 'resolve') return key;
  const { labels, annotations, rule, severity, firedMs, activeSinceMs } = alert;
  const where = whereOf(labels);
  const runbook = runbookHref(annotations, publicUrl);
  return {
    ...key,
    payload: {
      summary: cut(`${rule}${where ? ` · ${where}` : ''}: ${annotations.summary ?? rule}`, SUMMARY_MAX),
      source: cut(labels.instance ?? (where || 'switchyard'), SUMMARY_MAX),
      severity,
      timestamp: new Date(firedMs ?? activeSinceMs).toISOString(),
      ...(labels.service && { component: labels.service }),
      ...(labels.job && { group: labels.job }),
      class: rule,
      custom_details: detailsOf(alert),
    },
    client: 'Switchyard',
    client_url: `${publicUrl}/alerts`,
    links: [
      { href: `${publicUrl}${alertHref(labels)}`, text: 'Open in Switchyard' },
      ...(runbook ? [{ href: runbook, text: 'Runbook' }] : []),
    ],
  };
}

function detailsOf({ labels, annotations, value, expr }: NotifiedAlert): Record<string, string> {
  const details = {
    ...(annotations.description && { description: annotations.description }),
    ...(value !== null && { value: String(value) }),
    ...(expr && { expression: expr }),
    ...labels,
  };
  return Object.fromEntries(
    Object.entries(details)
      .slice(0, DETAILS_MAX)
      .map(([name, text]) => [name, cut(text, DETAIL_MAX)]),
  );
}
