import { alertHref } from '../alert-href.ts';
import type { Message } from './channel.ts';

/** Go's zero time: Alertmanager's end of an alert that has not ended. */
const NOT_ENDED = '0001-01-01T00:00:00Z';

/** The body of Alertmanager's webhook, version 4. */
export function prepareWebhookPayload({ event, receiver, content, publicUrl }: Message) {
  const alerts = content.alerts.map(
    ({ status, labels, annotations, firedMs, activeSinceMs, resolvedMs, generatorUrl, fingerprint }) => ({
      status,
      labels,
      annotations: withRunbookUrl(annotations, publicUrl),
      startsAt: new Date(firedMs ?? activeSinceMs).toISOString(),
      endsAt: status === 'resolved' && resolvedMs !== null ? new Date(resolvedMs).toISOString() : NOT_ENDED,
      generatorURL: generatorUrl ?? `${publicUrl}${alertHref(labels)}`,
      fingerprint,
    }),
  );
  return {
    version: '4',
    groupKey: content.groupKey,
    truncatedAlerts: content.truncatedAlerts,
    // Receivers know two states; a test is an alert that fires, and says that it is a test.
    status: event === 'resolved' ? 'resolved' : 'firing',
    receiver,
    groupLabels: content.groupLabels,
    commonLabels: inCommon(alerts.map(({ labels }) => labels)),
    commonAnnotations: inCommon(alerts.map(({ annotations }) => annotations)),
    externalURL: publicUrl,
    alerts,
  };
}

/** `runbook` is a name of ours; `runbook_url` is what receivers of the field look for. */
function withRunbookUrl(annotations: Record<string, string>, publicUrl: string): Record<string, string> {
  const { runbook, runbook_url: given } = annotations;
  return runbook && !given
    ? { ...annotations, runbook_url: `${publicUrl}/runbooks/${encodeURIComponent(runbook)}` }
    : annotations;
}

/** What all of them have with the same value. */
export function inCommon(sets: readonly Record<string, string>[]): Record<string, string> {
  const [first = {}, ...others] = sets;
  return Object.fromEntries(
    Object.entries(first).filter(([name, value]) => others.every((other) => other[name] === value)),
  );
}
