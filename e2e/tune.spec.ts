import { expect, test } from './fixtures.ts';

test('a lower threshold is replayed over the recorded calls, applied, and undone', async ({ page, switchyard }) => {
  const threshold = async () => {
    const answer = await fetch(`${switchyard.gatewayUrl}/api/health/circuits`);
    const { circuits } = (await answer.json()) as { circuits: { service: string; threshold: number }[] };
    return circuits.find(({ service }) => service === 'shipping')?.threshold;
  };
  await fetch(`${switchyard.gatewayUrl}/api/shipping`);

  await page.goto('/circuits/tune?breaker=gateway~shipping&from=now-1h&set=failureThreshold.2');
  const replay = page.getByRole('button', { name: 'Replay', exact: true });
  const panel = page.getByRole('region', { name: 'Replay' });
  const sentence = panel.getByText(/^With these settings it would have opened/);
  const nothing = panel.getByText('No call was recorded');
  await expect(async () => {
    await expect(sentence.or(nothing)).toBeVisible();
    // The call's span is on its way for a moment.
    if (await nothing.isVisible()) await replay.click();
    expect(await sentence.isVisible()).toBe(true);
  }).toPass({ timeout: 60_000 });
  await expect(panel.getByText(/rows? read: the calls of/)).toBeVisible();
  await expect(page.getByLabel('Failures that open it')).toHaveValue('2');
  expect(await threshold()).toBe(5);

  await page.getByLabel(/^Reason/).fill('it is cheap to refuse');
  await page.getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(page.getByText(/^Version \d+ is applied by 1 of 1 gateway/)).toBeVisible();
  expect(await threshold()).toBe(2);

  const versions = page.getByRole('region', { name: 'Versions' });
  await expect(versions.getByRole('listitem').first()).toContainText('it is cheap to refuse, Local operator');
  await versions.getByRole('button', { name: 'Apply again' }).last().click();
  await versions.getByLabel(/^Reason/).fill('it was not');
  await versions.getByRole('button', { name: 'Apply again' }).last().click();
  await expect(versions.getByRole('listitem').first()).toContainText('it was not, Local operator');
  expect(await threshold()).toBe(5);
});
