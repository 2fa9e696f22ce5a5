import { expect, test } from './fixtures.ts';

test('a limit is replayed, put in force at the gateway, and restored', async ({ page, switchyard }) => {
  const policy = async () => (await fetch(`${switchyard.gatewayUrl}/api/nowhere`)).headers.get('ratelimit-policy');
  const before = await policy();
  expect(before).toContain('"medium";q=100;w=10');

  await page.goto('/circuits/limits?from=now-15m&set=medium.quota.90');
  const apply = page.getByRole('region', { name: 'Apply these limits' });
  await expect(apply).toContainText('medium, requests of a client: 100 in 10 s → 90 in 10 s', { timeout: 60_000 });
  await apply.getByRole('button', { name: 'Apply these limits' }).click();
  await expect(apply.getByRole('alert')).toHaveText('Say why, in three letters or more.');
  await apply.getByLabel(/^Reason/).fill('a crawler asks too often');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^Version \d+ is applied by 1 of 1 gateway/)).toBeVisible();
  await expect(apply).toBeHidden();
  expect(await policy()).toBe(before?.replace('"medium";q=100', '"medium";q=90'));

  await page.getByRole('main').getByRole('link', { name: 'Gateway' }).click();
  const limit = page.getByRole('region', { name: 'Limits' }).getByRole('row', { name: /^medium/ });
  await expect(limit).toContainText('90 in 10 s');
  await expect(limit).toContainText('instead of 100 in 10 s');
  const versions = page.getByRole('region', { name: 'Versions' });
  const newest = versions.getByRole('listitem').first();
  await expect(newest).toContainText('limit medium: default → 90 in 10 s');
  await expect(newest).toContainText('a crawler asks too often, Local operator');
  await versions
    .getByRole('button', { name: /^Restore/ })
    .first()
    .click();
  await expect(versions).toContainText('limit medium: 90 in 10 s → default');
  await versions.getByLabel(/^Reason/).fill('it is gone');
  await versions.getByRole('button', { name: 'Restore', exact: true }).click();
  await expect(newest).toContainText('it is gone, Local operator');
  expect(await policy()).toBe(before);
});
