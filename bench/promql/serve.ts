// The Prometheus API by itself, as the console serves it, so that its memory and CPU are known.
import { createServer } from 'node:http';
import { createLog } from '#server/log.ts';
import { createPrometheusApi } from '#server/promql/api/create-prometheus-api.ts';
import { createStore } from '#server/store/client.ts';
import { listen } from '#server/http/listen.ts';

const log = createLog('bench', 'silent');
const store = createStore({ url: process.argv[2]!, database: 'switchyard', log });
const cache = process.argv[3] === 'uncached' ? { bytesMax: 0, windowMsMin: Infinity, insertMsMax: 0 } : undefined;
const api = createPrometheusApi({ store, now: () => new Date(), log, cache });
const server = createServer((request, response) => {
  void api(request, response).then((handled) => handled || response.writeHead(404).end());
});
console.log(`port ${String(await listen(server, '127.0.0.1', 0))}`);
process.on('SIGTERM', () => process.exit(0));
