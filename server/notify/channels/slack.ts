import { z } from 'zod';
import { postJson } from '../egress.ts';
import { defineKind } from './channel.ts';
import { prepareSlackMessage } from './prepare-slack-message.ts';
import { readAnswer } from './read-answer.ts';
import { readUrl, secretName } from './secret.ts';

/** A Slack incoming webhook. It cannot edit what it sent, so a resolve is a message of its own. */
export const slack = defineKind({
  paceMs: 1_000,
  // Slack promises "short bursts" and no number; what it refuses comes back as 429 and is sent again.
  burst: 3,
  eachAlert: false,
  stated: z.strictObject({ webhook: secretName('SLACK_') }),
  open: ({ webhook }, readSecret) => {
    const { href } = readUrl(readSecret(webhook, 'the address of an incoming webhook'), webhook, ['https:', 'http:']);
    return async (message) => readAnswer('Slack', await postJson(href, prepareSlackMessage(message)), Date.now());
  },
});
