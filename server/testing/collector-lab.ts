import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { startTestEngine } from '#server/engine/testing.ts';
import { createLog } from '#server/log.ts';
import { startTestPostgres } from '#server/postgres/testing.ts';
import { createStore } from '#server/store/client.ts';

const ENTRY = path.join(import.meta.dirname, '../collector.ts');
const READY_MS_MAX = 60_000;

export interface Collector {
  url: string;
  adminUrl: string;
  grpcUrl: string;
  child: ChildProcess;
  output: () => string;
}

export type CollectorLab = Awaited<ReturnType<typeof startCollectorLab>>;

/** An engine, a Postgres and a folder for collectors as processes of their own, which scrape what `scrapeConfigs` says (YAML). */
export async function startCollectorLab(scrapeConfigs = '[]') {
  const dir = mkdtempSync(path.join(tmpdir(), 'switchyard-collector-'));
  mkdirSync(path.join(dir, 'config'));
  writeFileSync(path.join(dir, 'config/targets.yaml'), `scrape_configs: ${scrapeConfigs}\n`);
  const [engine, postgres] = await Promise.all([startTestEngine(), startTestPostgres()]);
  const store = createStore({ url: engine.url, database: 'switchyard', log: createLog('test', 'silent') });
  const started: ChildProcess[] = [];

  function spawnCollector(env: Record<string, string> = {}) {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ENTRY], {
      env: {
        PATH: process.env['PATH'],
        NODE_ENV: 'test',
        DATA_DIR: path.join(dir, 'data'),
        CONFIG_DIR: path.join(dir, 'config'),
        OTLP_GRPC_PORT: '0',
        OTLP_HTTP_PORT: '0',
        COLLECTOR_ADMIN_PORT: '0',
        CLICKHOUSE_URL: engine.url,
        DATABASE_URL: postgres.url,
        CIRCUIT_POLL_INTERVAL_MS: '500',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    return { child, output: () => output };
  }

  async function startCollector(env: Record<string, string> = {}): Promise<Collector> {
    const { child, output } = spawnCollector(env);
    for (const deadline = Date.now() + READY_MS_MAX; Date.now() < deadline; await sleep(20)) {
      const ready = /"port":(\d+),"adminPort":(\d+),"grpcPort":(\d+)[^\n]*"collector ready"/.exec(output());
      if (ready) {
        const [, url, adminUrl, grpcUrl] = ready.map((port) => `http://127.0.0.1:${port}`);
        started.push(child);
        return { child, output, url: url!, adminUrl: adminUrl!, grpcUrl: grpcUrl! };
      }
      if (child.exitCode !== null) break;
    }
    child.kill('SIGKILL');
    throw new Error(`The collector did not start:\n${output()}`);
  }

  /** Kills those that still run: two may not share a folder. */
  async function killCollectors(): Promise<void> {
    const running = started.splice(0).filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
    await Promise.all(
      running.map((child) => {
        const exited = once(child, 'exit');
        child.kill('SIGKILL');
        return exited;
      }),
    );
  }

  async function countSpans(service: string) {
    const sql = 'SELECT count() AS spans, uniqExact(span_id) AS ids FROM spans WHERE service_name = {service:String}';
    // Before the collector has made it there is no table.
    const rows = await store.query({ name: 'count', sql, params: { service }, row: Count }).catch(() => []);
    return rows[0] ?? { spans: 0, ids: 0 };
  }

  return {
    dir,
    engine,
    postgres,
    store,
    spawnCollector,
    startCollector,
    killCollectors,
    countSpans,
    stop: async () => {
      await killCollectors();
      await store.close();
      await Promise.all([engine.stop(), postgres.stop()]);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

const Count = z.object({ spans: z.number(), ids: z.number() });
