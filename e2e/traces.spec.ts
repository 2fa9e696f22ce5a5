import { randomBytes } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const LARGE = 10_000;
/** A screen of rows, and what is kept ready above and below it. */
const ROWS_IN_DOM_MAX = 80;

test('an attribute is completed, key then value, and the slow traces are told from the others', async ({
  page,
  switchyard,
}) => {
  const run = randomBytes(4).toString('hex');
  for (let index = 0; index < 12; index += 1) {
    const slow = index < 3;
    const attributes = { 'test.run': run, 'shop.region': slow ? 'south' : 'north' };
    await sendTrace(switchyard.otlpUrl, [{ name: 'POST /buy', ms: slow ? 900 : 20, attributes }]);
  }
  await page.goto('/traces');
  const attribute = page.getByRole('combobox', { name: 'Attribute' });
  await expect(async () => {
    await attribute.fill('');
    await attribute.pressSequentially('test.r');
    await expect(page.getByRole('option', { name: /^test\.run/ })).toBeVisible({ timeout: 10_000 });
  }).toPass({ timeout: 60_000 });
  await attribute.press('Enter');
  await page.getByRole('option', { name: run }).click();
  await expect(page).toHaveURL(new RegExp(`attr=test.run(=|%3D)${run}`));
  await expect(page.getByRole('checkbox', { name: /^Compare trace/ })).toHaveCount(12);

  await page.getByRole('button', { name: 'the slow ones' }).click();
  const panel = page.getByRole('region', { name: 'What is different' });
  const south = page.getByRole('button', { name: 'shop.region south' });
  await expect(panel.getByRole('row').filter({ has: south })).toContainText('100 % against 0 %');
  await south.click();
  await expect(page.getByRole('checkbox', { name: /^Compare trace/ })).toHaveCount(3);

  await page
    .getByRole('checkbox', { name: /^Compare trace/ })
    .nth(0)
    .check();
  await page
    .getByRole('checkbox', { name: /^Compare trace/ })
    .nth(1)
    .check();
  await page.getByRole('link', { name: 'Compare the two' }).click();
  await expect(page.getByText('Both made the same calls.')).toBeVisible();
});

test('a trace of ten thousand spans keeps a screen of rows, finds one, and links to it', async ({
  page,
  switchyard,
}) => {
  const traceId = await sendTrace(
    switchyard.otlpUrl,
    Array.from({ length: LARGE }, (_, index) => ({
      name: index === 0 ? 'POST /batch' : 'save item',
      ms: index === 0 ? 30_000 : 2,
      ...(index === 7_777 && {
        attributes: {
          'item.colour': 'vermilion',
          'circuit_breaker.name': 'bank',
          'circuit_breaker.outcome': 'rejected',
        },
      }),
    })),
  );
  await expect(async () => {
    await page.goto(`/traces/${traceId}`);
    await expect(page.getByRole('tab', { name: /^Spans 10.000/ })).toBeVisible({ timeout: 15_000 });
  }).toPass({ timeout: 90_000 });
  const rows = page.getByRole('treeitem');
  await expect(rows.first()).toBeVisible();
  const tree = page.getByRole('tree', { name: 'Spans' });
  for (const share of [0, 0.5, 1]) {
    await tree.evaluate((element, at) => element.scrollTo({ top: element.scrollHeight * at }), share);
    await expect(rows.first()).toBeVisible();
    expect(await rows.count()).toBeLessThanOrEqual(ROWS_IN_DOM_MAX);
  }

  await page.getByRole('searchbox', { name: 'Find spans' }).fill('vermilion');
  await expect(page.getByText('1 match', { exact: true })).toBeVisible();
  const found = rows.filter({ hasText: 'refused by breaker' });
  await found.click();
  const detail = page.getByRole('region', { name: 'Selected span' });
  await expect(detail).toContainText('refused: the call was never sent');
  const spanId = await spanOf(page);
  await page.goto(`/traces/${traceId}?span=${spanId}`);
  await expect(detail).toContainText('vermilion');
});

interface SentSpan {
  name: string;
  ms: number;
  attributes?: Record<string, string>;
}

/** A trace of a shop: the first span is the root, the others its children, one after the other. */
async function sendTrace(otlpUrl: string, sent: SentSpan[]): Promise<string> {
  const traceId = randomBytes(16).toString('hex');
  const rootId = randomBytes(8).toString('hex');
  const startNs = BigInt(Date.now() - 40_000) * 1_000_000n;
  const spans = sent.map(({ name, ms, attributes = {} }, index) => {
    const fromNs = startNs + BigInt(index) * 3_000_000n;
    return {
      traceId,
      spanId: index === 0 ? rootId : randomBytes(8).toString('hex'),
      ...(index > 0 && { parentSpanId: rootId }),
      name,
      kind: index === 0 ? 2 : 3,
      startTimeUnixNano: String(fromNs),
      endTimeUnixNano: String(fromNs + BigInt(ms) * 1_000_000n),
      attributes: Object.entries(attributes).map(([key, stringValue]) => ({ key, value: { stringValue } })),
    };
  });
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] };
  const response = await fetch(`${otlpUrl}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'test' }, spans }] }] }),
  });
  if (!response.ok) throw new Error(`the collector answered ${response.status}: ${await response.text()}`);
  return traceId;
}

async function spanOf(page: Page): Promise<string> {
  await expect(page).toHaveURL(/span=[0-9a-f]{16}/);
  return new URL(page.url()).searchParams.get('span') ?? '';
}
