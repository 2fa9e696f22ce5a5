import { execFileSync } from 'node:child_process';
import { request as httpRequest } from 'node:http';
import { expect, test } from './fixtures.ts';

test('a foreign OpenTelemetry program shows up as a service with its trace, without configuration', async ({
  page,
  switchyard,
}) => {
  const traceId = execFileSync(process.execPath, ['e2e/foreign-sdk.ts'], {
    env: { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: switchyard.otlpUrl },
    encoding: 'utf8',
  });
  await page.goto('/services');
  await expect(page.getByRole('link', { name: 'warehouse-robot' })).toBeVisible();

  let dialogs = 0;
  page.on('dialog', (dialog) => {
    dialogs += 1;
    void dialog.dismiss();
  });
  await page.goto(`/traces/${traceId}`);
  await expect(page.getByText('pick item').first()).toBeVisible();
  await page.getByText('pick item').first().click();
  await expect(page.getByText('gripper <script>alert(1)</script> jammed').first()).toBeVisible();
  expect(dialogs).toBe(0);
});

test('a broken protobuf body gets 400 with a reason', async ({ switchyard }) => {
  const response = await fetch(`${switchyard.otlpUrl}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"resourceSpans":[{"scopeSpans":',
  });
  expect(response.status).toBe(400);
  expect(((await response.json()) as { message: string }).message).not.toBe('');

  const binary = await fetch(`${switchyard.otlpUrl}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-protobuf' },
    body: new Uint8Array([0x0a, 0xff, 0xff, 0xff]),
  });
  expect(binary.status).toBe(400);
  expect(Buffer.from(await binary.arrayBuffer()).toString('latin1')).toMatch(/[a-z]{4,}/);
});

test('a web page elsewhere reaches neither console nor API nor admin ports', async ({ switchyard }) => {
  const doors = [
    { url: `${switchyard.consoleUrl}/`, method: 'GET' },
    { url: `${switchyard.consoleUrl}/api/trpc/circuits.list`, method: 'GET' },
    { url: `${switchyard.adminUrl('payments')}/faults`, method: 'GET' },
    { url: `${switchyard.adminUrl('gateway')}/faults`, method: 'GET' },
    { url: `${switchyard.engineUrl}/?query=SELECT+1`, method: 'GET' },
    { url: `${switchyard.otlpUrl}/v1/traces`, method: 'POST' },
  ];
  for (const { url, method } of doors) {
    const rebound = await ask(url, method, { host: 'attacker.example' });
    expect(rebound, `${url} with a foreign Host`).toBeGreaterThanOrEqual(400);
  }
  const forms = [
    `${switchyard.consoleUrl}/api/trpc/integrity.run`,
    `${switchyard.adminUrl('payments')}/faults`,
    `${switchyard.engineUrl}/?query=SELECT+1`,
    `${switchyard.otlpUrl}/v1/traces`,
  ];
  for (const url of forms) {
    const status = await ask(url, 'POST', { origin: 'https://attacker.example', 'content-type': 'text/plain' });
    expect(status, `${url} from a foreign form`).toBeGreaterThanOrEqual(400);
  }
});

/** `fetch` does not let a caller set Host, which is what an attack by DNS rebinding changes. */
function ask(url: string, method: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(url, { method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.once('error', reject);
    sent.end();
  });
}
