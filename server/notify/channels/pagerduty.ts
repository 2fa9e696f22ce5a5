import { z } from 'zod';
import { postJson } from '../egress.ts';
import { defineKind, type Message, type Outcome } from './channel.ts';
import { preparePagerDutyEvent, type EventAction } from './prepare-pagerduty-event.ts';
import { readAnswer } from './read-answer.ts';
import { SecretError, secretName } from './secret.ts';

const ENQUEUE_URL = 'https://events.pagerduty.com/v2/enqueue';

/** PagerDuty's Events API v2: an alert is an incident of its own there, opened and closed under the alert's fingerprint. */
export const pagerduty = defineKind({
  paceMs: 100,
  burst: 20,
  eachAlert: true,
  stated: z.strictObject({
    routing_key: secretName('PAGERDUTY_'),
    /** For accounts elsewhere, such as https://events.eu.pagerduty.com/v2/enqueue. */
    url: z.url({ protocol: /^https?$/ }).default(ENQUEUE_URL),
  }),
  open: ({ routing_key: variable, url }, readSecret) => {
    const routingKey = readSecret(variable, 'the integration key of an Events API v2 integration');
    if (!/^\w{32}$/.test(routingKey))
      throw new SecretError(`${variable} is not an integration key: those have 32 characters`);
    const enqueue = async (message: Message, action: EventAction): Promise<Outcome> =>
      readAnswer('PagerDuty', await postJson(url, preparePagerDutyEvent(message, routingKey, action)), Date.now());
    return async (message) => {
      if (message.event !== 'test') return enqueue(message, message.event === 'resolved' ? 'resolve' : 'trigger');
      const triggered = await enqueue(message, 'trigger');
      // A test must leave nobody with an incident that is open.
      return triggered.kind === 'sent' ? enqueue(message, 'resolve') : triggered;
    };
  },
});
