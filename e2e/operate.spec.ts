import { expect, test } from './fixtures.ts';

test('an operator forces payments open, buyers are refused, and it is released', async ({ page, switchyard }) => {
  const send = (path: string, body: object, headers: Record<string, string> = {}) =>
    fetch(`${switchyard.gatewayUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const account = { email: `${crypto.randomUUID()}@shop.example`, password: 'correct horse battery' };
  expect((await send('/api/auth/register', { ...account, name: 'Ada' })).status).toBe(201);
  const { token } = (await (await send('/api/auth/login', account)).json()) as { token: string };
  const buy = () =>
    send('/api/payments', {}, { authorization: `Bearer ${token}`, 'idempotency-key': crypto.randomUUID() });

  await page.goto('/circuits?breaker=gateway~payments');
  const sheet = page.getByRole('dialog', { name: 'gateway to payments' });
  await sheet.getByRole('button', { name: 'Force open' }).click({ timeout: 60_000 });
  const dialog = page.getByRole('dialog', { name: /^Force open: gateway to payments/ });
  await expect(dialog.getByRole('region', { name: 'What it would touch' })).toContainText('Callers who feel it');
  await dialog.getByRole('button', { name: 'Force open' }).click();
  await expect(dialog.getByRole('alert')).toHaveText('Say why, in three letters or more.');
  await dialog.getByLabel(/^Reason/).fill('the bank asked us to stop');
  await page.keyboard.press('Enter');

  await expect(dialog).toBeHidden();
  await expect(sheet.getByText('Forced open: applied by 1 of 1 gateway.')).toBeVisible();
  await expect(sheet.getByText('Held open by Local operator')).toBeVisible();
  const refused = await buy();
  expect(refused.status).toBe(503);
  expect(await refused.json()).toMatchObject({
    code: 'CIRCUIT_OPEN',
    detail: 'Service payments is temporarily unavailable',
  });

  await page.goto('/');
  const diagram = page.getByRole('group', { name: /single-line diagram/i });
  const breaker = (state: string) =>
    diagram.getByRole('button', { name: new RegExp(`^Breaker, .* to payments, .*breaker ${state}$`) });
  await expect(breaker('forced open')).toBeVisible();

  await page.goto('/circuits?breaker=gateway~payments');
  await sheet.getByRole('button', { name: 'Release' }).click();
  await page.getByLabel(/^Reason/).fill('the bank is back');
  await page.keyboard.press('Enter');
  await expect(sheet.getByText('Released: applied by 1 of 1 gateway.')).toBeVisible();
  const audit = sheet.getByRole('region', { name: 'What operators did' });
  await expect(audit.getByRole('listitem')).toHaveText([
    /Local operator released it\s*the bank is back/,
    /Local operator forced it open for 15 min\s*the bank asked us to stop/,
  ]);
  expect((await buy()).status).not.toBe(503);
  await page.goto('/');
  await expect(breaker('closed')).toBeVisible();
});
