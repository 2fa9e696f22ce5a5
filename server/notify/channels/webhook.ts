import { z } from 'zod';
import { postJson } from '../egress.ts';
import { defineKind } from './channel.ts';
import { prepareWebhookPayload } from './prepare-webhook-payload.ts';
import { readAnswer } from './read-answer.ts';
import { readUrl, secretName } from './secret.ts';

/** Any receiver of Alertmanager's webhook, version 4. */
export const webhook = defineKind({
  paceMs: 50,
  burst: 50,
  eachAlert: false,
  stated: z.strictObject({
    url: secretName('WEBHOOK_'),
    /** Sent as `Authorization: Bearer`. */
    bearer: secretName('WEBHOOK_').optional(),
  }),
  open: ({ url, bearer }, readSecret) => {
    const { href } = readUrl(readSecret(url, 'the address that alerts are posted to'), url, ['https:', 'http:']);
    const headers: Record<string, string> = bearer
      ? { authorization: `Bearer ${readSecret(bearer, 'the token that the receiver asks for')}` }
      : {};
    return async (message) =>
      readAnswer('The receiver', await postJson(href, prepareWebhookPayload(message), headers), Date.now());
  },
});
