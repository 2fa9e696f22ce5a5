import { once } from 'node:events';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface ReceivedMail {
  from: string;
  to: string[];
  /** As it came over the wire. */
  raw: string;
  user: string | null;
}

export interface SmtpReceiver {
  port: number;
  mails: ReceivedMail[];
  stop: () => Promise<void>;
}

/** A local mail server; it takes the login oncall:secret, and refuses recipients as `refuse` says. */
export async function startSmtpReceiver(
  options: SMTPServerOptions & { refuse?: (recipient: string) => Error | null } = {},
): Promise<SmtpReceiver> {
  const mails: ReceivedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, done) =>
      username === 'oncall' && password === 'secret'
        ? done(null, { user: username })
        : done(new Error('No such login')),
    onRcptTo: ({ address }, _session, done) => done(options.refuse?.(address) ?? null),
    onData: (stream, { envelope, user }, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        mails.push({
          from: envelope.mailFrom ? envelope.mailFrom.address : '',
          to: envelope.rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString(),
          user: (user as unknown as string | undefined) ?? null,
        });
        done();
      });
    },
    ...options,
  });
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    port: (server.server.address() as { port: number }).port,
    mails,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
