import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{server,services,components,app,scripts,prisma,bench}/**/*.test.{ts,tsx}'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    globalSetup: [],
  },
});
