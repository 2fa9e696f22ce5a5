import { once } from 'node:events';
import { createServer } from 'node:http';

export interface SlackMessage {
  atMs: number;
  text: string;
  blocks: unknown[];
  /** The whole body, to search in. */
  raw: string;
}

export interface SlackReceiver {
  url: string;
  messages: SlackMessage[];
  /** The first message, past or to come, that `matches`. */
  waitFor: (matches: (message: SlackMessage) => boolean, timeoutMs?: number) => Promise<SlackMessage>;
  stop: () => Promise<void>;
}

/** A local incoming webhook: answers `ok` as Slack does and remembers what it was sent, and when. */
export async function startSlackReceiver(): Promise<SlackReceiver> {
  const messages: SlackMessage[] = [];
  const waiting = new Set<(message: SlackMessage) => void>();
  const server = createServer((request, response) => {
    const atMs = Date.now();
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString();
      const body = JSON.parse(raw) as { text: string; blocks?: unknown[] };
      const message = { atMs, text: body.text, blocks: body.blocks ?? [], raw };
      messages.push(message);
      for (const tell of waiting) tell(message);
      response.end('ok');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}/services/T000/B000/XXXX`,
    messages,
    waitFor: (matches, timeoutMs = 60_000) => {
      const known = messages.find(matches);
      if (known) return Promise.resolve(known);
      return new Promise((resolve, reject) => {
        const tell = (message: SlackMessage) => {
          if (!matches(message)) return;
          settle();
          resolve(message);
        };
        const timer = setTimeout(() => {
          settle();
          reject(
            new Error(`No such Slack message in ${timeoutMs} ms; got:\n${messages.map(({ text }) => text).join('\n')}`),
          );
        }, timeoutMs);
        const settle = () => {
          clearTimeout(timer);
          waiting.delete(tell);
        };
        waiting.add(tell);
      });
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
