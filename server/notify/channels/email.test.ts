import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { parseChannelsFile } from '../parse-channels-file.ts';
import { message } from './testing/message.ts';
import { startSmtpReceiver, type SmtpReceiver } from './testing/smtp-receiver.ts';

const started: SmtpReceiver[] = [];
afterEach(async () => {
  for (const receiver of started.splice(0)) await receiver.stop();
});

async function receive(...options: Parameters<typeof startSmtpReceiver>): Promise<SmtpReceiver> {
  const receiver = await startSmtpReceiver(...options);
  started.push(receiver);
  return receiver;
}

const open = (smtpUrl: string, to = 'a@example.com, b@example.com') =>
  parseChannelsFile('channels: [{name: mail, kind: email, smtp: SMTP_URL, from: SMTP_FROM, to: SMTP_TO}]', {
    SMTP_URL: smtpUrl,
    SMTP_FROM: 'switchyard@example.com',
    SMTP_TO: to,
  })[0]!.send!;

const references = (raw: string) => /^References: (<[\da-f]{32}@127\.0\.0\.1>)/m.exec(raw)?.[1];
const answer = (code: number) => Object.assign(new Error('mailbox'), { responseCode: code });

it('sends text and HTML to everyone, logged in, and a group is one conversation', async () => {
  const receiver = await receive();
  const send = open(`smtp://oncall:secret@127.0.0.1:${receiver.port}`);
  const annotations = { summary: '<b>Breaker</b>', runbook: 'circuit-open' };
  expect(await send(message([{ annotations }]))).toMatchObject({
    kind: 'sent',
    reason: expect.stringMatching(/^127\.0\.0\.1 took it for a@example\.com, b@example\.com: 250 /),
  });
  await send(message([{ status: 'resolved', resolvedMs: Date.UTC(2026, 4, 1, 12, 3), annotations }]));
  const [fired, resolved] = receiver.mails as [(typeof receiver.mails)[0], (typeof receiver.mails)[0]];
  expect(fired).toMatchObject({
    from: 'switchyard@example.com',
    to: ['a@example.com', 'b@example.com'],
    user: 'oncall',
  });
  expect(fired.raw).toContain('Subject: [FIRING] CircuitOpen: <b>Breaker</b>');
  expect(fired.raw).toContain('Auto-Submitted: auto-generated');
  // Quoted-printable breaks its lines with an equals sign.
  const [, text, html] = fired.raw.replace(/=\r\n/g, '').split(/^Content-Type: text\//m);
  expect(text).toMatch(/^plain/);
  expect(text).toContain('Where: gateway');
  expect(text).toContain('Runbook: http://127.0.0.1:3000/runbooks/circuit-open');
  expect(html).toMatch(/^html/);
  expect(html).toContain('&lt;b&gt;Breaker&lt;/b&gt;');
  expect(html).not.toContain('<b>Breaker');
  expect(resolved.raw).toContain('Subject: [RESOLVED] CircuitOpen');
  expect(resolved.raw).toMatch(/after 3 min 0 s/);
  expect(references(fired.raw)).toBeTruthy();
  expect(references(resolved.raw)).toBe(references(fired.raw));
});

it('an alert cannot write headers', async () => {
  const receiver = await receive();
  await open(`smtp://127.0.0.1:${receiver.port}`)(message([{ rule: 'x\r\nBcc: evil@example.com\r\n\r\nhello' }]));
  const [mail] = receiver.mails;
  expect(mail!.to).toEqual(['a@example.com', 'b@example.com']);
  expect(mail!.raw.split('\r\n\r\n')[0]).not.toMatch(/^Bcc/m);
});

it('says who was refused, asks again when the server is busy, and gives up on a refusal', async () => {
  const receiver = await receive({
    refuse: (to) => (to.startsWith('b') ? answer(550) : to.startsWith('later') ? answer(451) : null),
  });
  const url = `smtp://127.0.0.1:${receiver.port}`;
  expect(await open(url)(message([{}]))).toMatchObject({
    kind: 'sent',
    reason: expect.stringContaining('refused: b@example.com'),
  });
  expect(await open(url, 'later@example.com')(message([{}]))).toMatchObject({ kind: 'retry' });
  expect(await open(url, 'b@example.com')(message([{}]))).toMatchObject({
    kind: 'failed',
    reason: expect.stringContaining('550'),
  });
  expect(await open(`smtp://oncall:wrong@127.0.0.1:${receiver.port}`)(message([{}]))).toMatchObject({ kind: 'failed' });
});

it('nobody there is tried again', async () => {
  expect(await open('smtp://127.0.0.1:1')(message([{}]))).toMatchObject({
    kind: 'retry',
    reason: expect.stringContaining('ECONNREFUSED'),
  });
});

it.each(['smtp://10.0.0.25', 'smtps://[fd00::1]:465'])(
  '%s is inside a private network, and not connected to',
  async (url) => {
    expect(await open(url)(message([{}]))).toMatchObject({
      kind: 'failed',
      reason: expect.stringMatching(/private network/),
    });
  },
);

it('trusts no certificate that it cannot check', async () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'switchyard-smtp-'));
  const [key, cert] = ['key.pem', 'cert.pem'].map((file) => path.join(dir, file)) as [string, string];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      key,
      '-out',
      cert,
      '-days',
      '1',
      '-subj',
      '/CN=localhost',
    ],
    { stdio: 'ignore' },
  );
  const receiver = await receive({ secure: true, key: readFileSync(key), cert: readFileSync(cert) });
  rmSync(dir, { recursive: true });
  expect(await open(`smtps://127.0.0.1:${receiver.port}`)(message([{}]))).toMatchObject({
    reason: expect.stringMatching(/self-signed certificate/),
  });
  expect(receiver.mails).toEqual([]);
});
