import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startOtlpReceiver, type OtlpReceiver } from '../testing/otlp-receiver.ts';
import { startProcess, type StartedProcess } from '../testing/start-process.ts';

const SAMPLE = path.join(import.meta.dirname, '../testing/sample-service.ts');
const SECRETS = ['hunter2', 'ada@mail.example', '4242424242424242', 'top-secret-cookie', 'eyJhbGciOiJIUzI1NiJ9'];
const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';
const BODY = {
  email: 'ada@mail.example',
  password: 'hunter2',
  card: { number: '4242424242424242' },
  note: `my mail is ada@mail.example, my token ${TOKEN}`,
  thing: 'moka-pot',
};

let otlp: OtlpReceiver;
const samples: Record<string, StartedProcess> = {};

beforeAll(async () => {
  otlp = await startOtlpReceiver();
  for (const LOG_BODIES of ['off', 'errors', 'all'])
    samples[LOG_BODIES] = await startProcess(SAMPLE, {
      OTEL_SERVICE_NAME: `sample-${LOG_BODIES}`,
      OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url,
      LOG_BODIES,
      LOG_BODY_BYTES: '300',
    });
});
afterAll(async () => {
  for (const { child } of Object.values(samples)) child.kill('SIGKILL');
  await otlp.stop();
});

test.each([
  ['off', false, false],
  ['errors', false, true],
  ['all', true, true],
])(
  '%s: headers and bodies of the requests it names, and no secret in a line, a span or a record',
  async (which, good, failed) => {
    const sample = samples[which]!;
    for (const body of [BODY, { ...BODY, fail: true }]) {
      const answer = await fetch(`${sample.url}/things?token=hunter2&page=2`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${TOKEN}`,
          cookie: 'sid=top-secret-cookie',
        },
        body: JSON.stringify(body),
      });
      if (answer.ok) expect(await answer.json()).toEqual(body);
      else expect(answer.status).toBe(500);
    }
    const told = (msg: string) => linesOf(sample.output()).find((line) => line.msg === msg);
    const exchange = {
      query: '{"token":"[masked]","page":"2"}',
      requestHeaders: expect.stringContaining('"authorization":"[masked]","cookie":"[masked]"') as string,
      requestBody: expect.stringMatching(
        /^\{"email":"\[masked\]","password":"\[masked\]","card":"\[masked\]".*moka-pot/,
      ) as string,
      responseHeaders: expect.stringContaining('application/') as string,
      responseBody: expect.stringMatching(/^\{.*(\}|\[\d+ bytes\])$/) as string,
    };
    await vi.waitFor(() => expect(told('POST /things failed')).toBeDefined(), 20_000);
    if (good) expect(told('POST /things')).toMatchObject(exchange);
    else expect(told('POST /things')).not.toHaveProperty('requestHeaders');
    if (failed) expect(told('POST /things failed')).toMatchObject(exchange);
    else expect(told('POST /things failed')).not.toHaveProperty('requestHeaders');

    const ofSample = ({ service }: { service: string }) => service === `sample-${which}`;
    await otlp.waitForSpans((spans) => spans.filter(ofSample).length >= 2);
    await vi.waitFor(
      () => expect(otlp.logs.filter(ofSample).map(({ body }) => body)).toContain('POST /things failed'),
      20_000,
    );
    const sent = JSON.stringify([otlp.spans, otlp.logs]) + sample.output();
    expect(otlp.spans.filter(ofSample).flatMap(({ events }) => events)).toMatchObject([
      { name: 'exception', attributes: { 'exception.message': 'Key (email)=([masked]) already exists.' } },
    ]);
    for (const secret of SECRETS) expect(sent).not.toContain(secret);
  },
);

test('bodies are bounded: cut when they are long, told by type and size when they are longer or no fields', async () => {
  const { url, output } = samples.all!;
  const post = (body: string, type: string) =>
    fetch(`${url}/things`, { method: 'POST', headers: { 'content-type': type }, body });
  await post(JSON.stringify({ cut: 'x'.repeat(1_000) }), 'application/json');
  await post(JSON.stringify({ large: 'x'.repeat(20_000) }), 'application/json');
  await post('{"password":"hunter2', 'application/json');
  await post('password=hunter2', 'text/plain');
  const bodies = () => linesOf(output()).map(({ requestBody }) => requestBody);
  await vi.waitFor(() => expect(bodies()).toContain('[text/plain, 16 bytes]'), 20_000);
  expect(bodies()).toEqual(
    expect.arrayContaining([
      `{"cut":"${'x'.repeat(292)}… [1010 bytes]`,
      '[application/json, 20012 bytes]',
      '[application/json, 20 bytes]',
    ]),
  );
  expect(output()).not.toContain('hunter2');
});

function linesOf(text: string): Record<string, unknown>[] {
  const lines = text.split('\n').filter((line) => line.startsWith('{'));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}
