import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { listen } from './engine/listen.ts';
import { openEngine } from './engine/open.ts';
import { createEngineServer } from './engine/serve.ts';
import { ensureThreads } from './engine/threads.ts';
import { readEnv } from './env.ts';
import { createLog } from './log.ts';
import { startTracing } from './tracing/start-tracing.ts';

/** What is running may end; an insert that is cut off was not acknowledged, and is replayed. */
const DRAIN_MS = 5_000;

const threads = ensureThreads();
const env = readEnv();
const log = createLog('engine', env.LOG_LEVEL);
const stopTracing = startTracing('engine', env, { asked: 1 / 128, own: 1 / 128 });

try {
  const tmpDir = path.join(env.DATA_DIR, 'engine-tmp');
  const engine = openEngine(env.DATA_DIR, env.ENGINE_MEMORY_BYTES, threads);
  // What lies here is the payload of an insert that was never acknowledged.
  rmSync(tmpDir, { recursive: true, force: true });
  mkdirSync(tmpDir, { recursive: true, mode: 0o700 });
  const server = createEngineServer(engine, tmpDir, log);
  const port = await listen(server, env.ENGINE_PORT);
  log.info({ port, dataDir: env.DATA_DIR }, 'engine ready');

  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'engine stopping');
    const answered = new Promise((resolve) => server.close(resolve));
    server.closeIdleConnections();
    await Promise.race([answered.then(() => engine.close()).then(stopTracing), sleep(DRAIN_MS)]);
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
} catch (error) {
  log.fatal(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
