import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  // What is expected is text: the same on every platform.
  snapshotPathTemplate: '{testDir}/looks/{arg}{ext}',
  // Every journey drives one whole Switchyard on two cores: side by side they would starve each other.
  workers: 1,
  fullyParallel: false,
  // Once more, and told as flaky: a journey shares two cores with the whole product, and the machine with others.
  retries: 1,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/journeys.json' }]],
  use: {
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH || undefined,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
