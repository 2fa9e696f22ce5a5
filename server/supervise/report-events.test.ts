import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { reportEvents } from './report-events.ts';

let server: Server | undefined;
afterEach(() => server?.close());

it('keeps events while the collector is away and delivers each once when it is back', async () => {
  const received: { timeUnixNano: string; eventName: string }[] = [];
  const reserved = createServer().listen(0, '127.0.0.1');
  await once(reserved, 'listening');
  const { port } = reserved.address() as { port: number };
  reserved.close();
  await once(reserved, 'close');

  const reporter = reportEvents(`http://127.0.0.1:${port}`);
  const event = { process: 'collector', severityNumber: 17, attributes: { 'process.exit.code': 1 } };
  reporter.report({ ...event, name: 'switchyard.process.exit', body: 'collector ended with code 1' });
  const happenedBefore = BigInt(Date.now() + 1) * 1_000_000n;

  const both = new Promise<void>((resolve) => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += chunk));
      request.on('end', () => {
        received.push(...JSON.parse(body).resourceLogs[0].scopeLogs[0].logRecords);
        response.end('{}');
        if (received.length >= 2) resolve();
      });
    }).listen(port, '127.0.0.1');
  });
  reporter.report({ ...event, name: 'switchyard.process.start', body: 'collector is back' });
  await both;
  await reporter.stop();

  expect(received.map(({ eventName }) => eventName)).toEqual(['switchyard.process.exit', 'switchyard.process.start']);
  expect(BigInt(received[0]!.timeUnixNano)).toBeLessThanOrEqual(happenedBefore);
});
