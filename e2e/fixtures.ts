import { test as base } from '@playwright/test';
import { startSlackReceiver, type SlackReceiver } from './slack-receiver.ts';
import { startSwitchyard, type Service, type Switchyard } from './start-switchyard.ts';

export interface Faults {
  latencyMs?: number;
  errorRatio?: number;
  hang?: boolean;
  die?: boolean;
}

export interface Operator {
  breakService: (service: Service, faults: Faults) => Promise<void>;
  heal: (service: Service) => Promise<void>;
  /** Has the shopper leave a row that refers to nothing; answers its id. */
  plantOrphan: (kind: string) => Promise<string>;
}

/** One running Switchyard for all journeys of a file, with a local Slack, and the fleet's fault switches at hand. */
export const test = base.extend<
  { firstVisit: boolean; operator: Operator },
  { slack: SlackReceiver; switchyard: Switchyard }
>({
  slack: [
    async ({}, use) => {
      const slack = await startSlackReceiver();
      await use(slack);
      await slack.stop();
    },
    { scope: 'worker' },
  ],
  switchyard: [
    async ({ slack }, use) => {
      const switchyard = await startSwitchyard({
        SLACK_WEBHOOK_URL: slack.url,
        CIRCUIT_BREAKER_RESET_TIMEOUT_MS: '3000',
        // Journeys wait for five calls to fail.
        TRAFFIC_RPS: '6',
        THROTTLE_LIMIT_LONG: '1000',
        SWITCHYARD_DESIGN: '1',
      });
      await use(switchyard);
      await switchyard.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  // Journeys are of people who know their way; one that is about the tour asks for a browser that saw none.
  firstVisit: [false, { option: true }],
  context: async ({ context, firstVisit }, use) => {
    if (!firstVisit)
      await context.addInitScript({ content: `try { localStorage.setItem('switchyard.tour', 'seen') } catch {}` });
    await use(context);
  },
  baseURL: async ({ switchyard }, use) => use(switchyard.consoleUrl),
  operator: async ({ switchyard }, use) => {
    const faultsUrl = (service: Service) => `${switchyard.adminUrl(service)}/faults`;
    await use({
      breakService: async (service, faults) => void (await send('PUT', faultsUrl(service), faults)),
      heal: async (service) => void (await send('DELETE', faultsUrl(service))),
      plantOrphan: async (kind) => {
        const answer = (await send('POST', `${faultsUrl('traffic')}/orphan`, { kind })) as { id: string };
        return answer.id;
      },
    });
  },
});

export { expect } from '@playwright/test';

async function send(method: string, url: string, body?: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${text}`);
  return text === '' ? null : JSON.parse(text);
}
