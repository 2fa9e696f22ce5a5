import { createTransport } from 'nodemailer';
import { z } from 'zod';
import { openMailSocket } from '../egress-socket.ts';
import { EgressRefusal } from '../egress.ts';
import { isLoopback } from '../private-address.ts';
import { defineKind, type Outcome } from './channel.ts';
import { prepareEmail } from './prepare-email.ts';
import { readUrl, SecretError, secretName } from './secret.ts';

const TIMEOUT_MS = 10_000;
const PORT = { 'smtp:': 587, 'smtps:': 465 } as const;
const RECIPIENTS_MAX = 20;

/** Mail over SMTP, always encrypted except to this machine. A mail server that answers 4xx is asked again. */
export const email = defineKind({
  paceMs: 200,
  burst: 10,
  eachAlert: false,
  stated: z.strictObject({
    smtp: secretName('SMTP_'),
    /** Addresses, or the variable that holds them. */
    from: z.union([z.email(), secretName('SMTP_')]),
    to: z.union([z.array(z.email()).min(1).max(RECIPIENTS_MAX), secretName('SMTP_')]),
  }),
  open: ({ smtp, from: sender, to: recipients }, readSecret) => {
    const secret = readSecret(smtp, 'the mail server, as in smtps://user:password@mail.example.com:465');
    const url = readUrl(secret, smtp, ['smtp:', 'smtps:']);
    const from = isAddress(sender)
      ? sender
      : readAddresses(readSecret(sender, 'the address that mails come from'), sender)[0]!;
    const to = Array.isArray(recipients)
      ? recipients
      : readAddresses(readSecret(recipients, 'the addresses that are told, with commas between them'), recipients);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const secure = url.protocol === 'smtps:';
    const port = Number(url.port) || PORT[url.protocol as keyof typeof PORT];
    const transport = createTransport({
      host,
      port,
      secure,
      // Without it a password would travel in the clear wherever somebody strips STARTTLS from the greeting.
      requireTLS: !secure && !isLoopback(host),
      ignoreTLS: !secure && isLoopback(host),
      ...(url.username && {
        auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
      }),
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      // The address is resolved and judged by us, so that what is checked is what is connected to.
      getSocket: (_options, done) => {
        openMailSocket(host, port).then(
          (connection) => done(null, { connection }),
          (error: Error) => done(error, undefined),
        );
      },
      // Whatever a template says, no file is read and no address fetched to make a mail.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    return async (message) => {
      try {
        const { accepted, rejected, response } = await transport.sendMail({
          ...prepareEmail(message),
          from: { name: 'Switchyard', address: from },
          to,
        });
        const missed = rejected.length > 0 ? `; refused: ${rejected.map(String).join(', ')}` : '';
        return { kind: 'sent', reason: `${host} took it for ${accepted.map(String).join(', ')}: ${response}${missed}` };
      } catch (error) {
        return readMailError(error as MailError);
      }
    };
  },
});

function isAddress(text: string): boolean {
  return z.email().safeParse(text).success;
}

function readAddresses(text: string, variable: string): string[] {
  const addresses = text.split(',').map((part) => part.trim());
  if (addresses.every(isAddress) && addresses.length <= RECIPIENTS_MAX) return addresses;
  throw new SecretError(`${variable} is not a list of up to ${RECIPIENTS_MAX} mail addresses with commas between them`);
}

interface MailError extends Error {
  code?: string;
  responseCode?: number;
  /** When every recipient was refused: why, each. */
  rejectedErrors?: { responseCode?: number }[];
}

/** Not there or 4xx: come again. Refused by us or by them: never. */
function readMailError(error: MailError): Outcome {
  const reason = error.message.replace(/\s+/g, ' ').trim().slice(0, 300);
  if (error instanceof EgressRefusal) return { kind: 'failed', reason };
  const codes = [error, ...(error.rejectedErrors ?? [])].flatMap(({ responseCode }) => responseCode ?? []);
  if (codes.some((code) => code >= 400 && code < 500)) return { kind: 'retry', reason, afterMs: null };
  const isFinal = codes.length > 0 || ['EAUTH', 'ETLS', 'EENVELOPE'].includes(error.code ?? '');
  return isFinal ? { kind: 'failed', reason } : { kind: 'retry', reason, afterMs: null };
}
