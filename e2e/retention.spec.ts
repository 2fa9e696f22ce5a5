import { randomBytes } from 'node:crypto';
import { expect, test } from './fixtures.ts';

const DAY_MS = 86_400_000;

test('an operator keeps traces for a day: what is older goes, today stays, and the audit knows', async ({
  page,
  switchyard,
}) => {
  test.setTimeout(300_000);
  await send(
    switchyard.otlpUrl,
    [3, 4, 5].map((days) => Date.now() - days * DAY_MS),
  );
  const count = async (condition: string) => {
    const sql = `SELECT count() FROM switchyard.spans WHERE ${condition}`;
    const answer = await fetch(`${switchyard.engineUrl}/?query=${encodeURIComponent(sql)}`);
    return Number(await answer.text());
  };
  const old = () => count('timestamp < now() - INTERVAL 2 DAY');
  await expect.poll(old, { timeout: 60_000 }).toBe(3);

  await page.goto('/sources');
  const kept = page.getByRole('region', { name: 'Kept' });
  await kept.getByRole('button', { name: 'Traces: kept for 7 days, change' }).click();
  const dialog = page.getByRole('dialog', { name: 'How long traces are kept' });
  const does = dialog.getByRole('region', { name: 'What it would do' });
  await expect(does).toContainText('Deletes nothing that is held now.');
  await dialog.getByRole('spinbutton', { name: 'Days' }).fill('31');
  await dialog.getByRole('button', { name: 'Keep 31 days' }).click();
  await expect(dialog.getByRole('alert')).toContainText('set them to 31 days or more first (now 30)');

  await dialog.getByRole('spinbutton', { name: 'Days' }).fill('1');
  await expect(does).toContainText(/Deletes 3 of .* spans \(.*\) within a minute, for good\./);
  await dialog.getByRole('button', { name: /^Delete .* and keep 1 day$/ }).click();
  await expect(dialog).toBeHidden();
  await expect(kept.getByRole('row', { name: /Traces/ })).toContainText('Local operator');
  await expect(kept.getByRole('button', { name: 'Traces: kept for 1 day, change' })).toBeVisible();

  await expect.poll(old, { timeout: 180_000 }).toBe(0);
  expect(await count('timestamp > now() - INTERVAL 1 HOUR')).toBeGreaterThan(0);
});

async function send(otlpUrl: string, timesMs: readonly number[]): Promise<void> {
  const spans = timesMs.map((ms) => ({
    traceId: randomBytes(16).toString('hex'),
    spanId: randomBytes(8).toString('hex'),
    name: 'GET /long-ago',
    kind: 2,
    startTimeUnixNano: `${ms}000000`,
    endTimeUnixNano: `${ms + 20}000000`,
  }));
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'archive' } }] };
  const response = await fetch(`${otlpUrl}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans }] }] }),
  });
  expect(response.status).toBe(200);
}
