import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{server,services,components,app,scripts,prisma,bench}/**/*.test.{ts,tsx}'],
    pool: 'forks',
    maxWorkers: 2,
    // Nothing waits this long on a machine that has time: what is right must not fail on one that has none.
    testTimeout: 60_000,
    hookTimeout: 90_000,
    expect: { poll: { timeout: 20_000 } },
  },
});
