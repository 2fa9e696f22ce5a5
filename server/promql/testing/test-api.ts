import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startTestEngine, type TestEngine } from '#server/engine/testing.ts';
import { createLog } from '#server/log.ts';
import { createStore, type Store } from '#server/store/client.ts';
import { applySchema } from '#server/store/migrate.ts';
import { createPrometheusApi, type PrometheusApiOptions } from '../api/create-prometheus-api.ts';

export interface TestApi {
  url: string;
  store: Store;
  engine: TestEngine;
  stop: () => Promise<void>;
}

/** The API over a real engine, on free ports. */
export async function startTestApi(options: Partial<PrometheusApiOptions> = {}): Promise<TestApi> {
  const engine = await startTestEngine();
  const log = createLog('test', 'silent');
  const store = createStore({ url: engine.url, database: 'promql', log });
  await applySchema(store);
  const api = createPrometheusApi({ store, now: () => new Date(), log, ...options });
  const server = createServer((request, response) => {
    void api(request, response).then((handled) => handled || response.writeHead(404).end());
  });
  await listen(server);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    store,
    engine,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await store.close();
      await engine.stop();
    },
  };
}

export function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
}
