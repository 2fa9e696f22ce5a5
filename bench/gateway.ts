// What the gateway costs on one core, beside Debian's nginx and a bare undici proxy before the same upstream; and what its telemetry costs.
import { execFile, spawnSync } from 'node:child_process';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { cpuSeconds, describeMachine, rssMiB } from './lab/cpu.ts';
import { startBareProxy, startGateway, startNginxProxy, startUpstream, type Party } from './gateway/start-parties.ts';
import { quantile } from './quantile.ts';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const TURNS = values.quick ? 2 : 5;
const SECONDS = values.quick ? 3 : 8;
const CONNECTIONS = 32;
/** The proxies have a core to themselves; the load and the upstream share the other one. */
const [PROXY_CORE, LOAD_CORE] = [0, 1];
const TELEMETRY_RATE = 1_000;

for (const program of ['wrk', 'nginx', 'taskset'])
  if (spawnSync('which', [program]).status !== 0)
    throw new Error(`This bench needs ${program}: apt-get install wrk nginx util-linux.`);

const run = promisify(execFile);
console.log(
  `${TURNS} turns of ${SECONDS} s each, ${CONNECTIONS} connections, one core for each proxy; ${describeMachine()}\n`,
);
const parties: Party[] = [];
try {
  const upstream = await startUpstream(LOAD_CORE);
  parties.push(upstream);
  const nginx = await startNginxProxy(upstream, PROXY_CORE);
  parties.push(nginx);
  const bare = await startBareProxy(upstream, PROXY_CORE);
  parties.push(bare);
  const gateway = await startGateway(upstream, PROXY_CORE, true);
  parties.push(gateway);
  const silent = await startGateway(upstream, PROXY_CORE, false);
  parties.push(silent);
  const proxies = [nginx, bare, gateway, silent];

  for (const proxy of proxies) await saturate(proxy);
  const rates = new Map<Party, number[]>(proxies.map((proxy) => [proxy, []]));
  const cpu = new Map<Party, number[]>(proxies.map((proxy) => [proxy, []]));
  for (let turn = 0; turn < TURNS; turn++)
    for (const proxy of proxies) {
      const before = cpuSeconds(proxy.pid);
      const { rate, requests } = await saturate(proxy);
      rates.get(proxy)!.push(rate);
      cpu.get(proxy)!.push(((cpuSeconds(proxy.pid) - before) * 1e6) / requests);
    }
  const rateOf = (party: Party) => quantile(rates.get(party)!, 0.5);
  for (const proxy of proxies)
    console.log(
      `  ${proxy.name.padEnd(26)} ${rateOf(proxy).toFixed(0).padStart(7)} requests/s, ${quantile(cpu.get(proxy)!, 0.5).toFixed(0).padStart(4)} µs of CPU each, ${rssMiB(proxy.pid).toFixed(0)} MiB`,
    );

  const half = Math.round(rateOf(gateway) / 2);
  const halves = await steadily([upstream, nginx, bare, gateway], half);
  const thousand = await steadily([gateway, silent], TELEMETRY_RATE);
  const added = (party: Party, q: 'p50' | 'p99') => halves.get(party)![q] - halves.get(upstream)![q];
  console.log(
    JSON.stringify({
      requests_per_second: Math.round(rateOf(gateway)),
      ratio_to_nginx: hundredth(rateOf(gateway) / rateOf(nginx)),
      ratio_to_bare_undici: hundredth(rateOf(gateway) / rateOf(bare)),
      half_load_added_p50_ms: hundredth(added(gateway, 'p50')),
      half_load_added_p99_ms: hundredth(added(gateway, 'p99')),
      nginx_added_p50_ms: hundredth(added(nginx, 'p50')),
      nginx_added_p99_ms: hundredth(added(nginx, 'p99')),
      telemetry_throughput_ratio: hundredth(rateOf(gateway) / rateOf(silent)),
      telemetry_p99_ms_at_1000: hundredth(thousand.get(gateway)!.p99 - thousand.get(silent)!.p99),
    }),
  );
} finally {
  for (const party of parties.toReversed()) await party.stop();
}

/** As many requests as it answers: closed loop, so that nothing piles up. */
async function saturate({ url, name }: Party): Promise<{ rate: number; requests: number }> {
  const args = ['-c', String(LOAD_CORE), 'wrk', '-t1', `-c${CONNECTIONS}`, `-d${SECONDS}s`, url];
  const { stdout } = await run('taskset', args);
  if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(`${name} did not answer all:\n${stdout}`);
  return {
    rate: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)![1]),
    requests: Number(/(\d+) requests in/.exec(stdout)![1]),
  };
}

/** The latencies of each at the same rate, in turn: the middle one of the turns. */
async function steadily(asked: Party[], rate: number): Promise<Map<Party, { p50: number; p99: number }>> {
  const found = new Map(asked.map((party) => [party, [] as { p50: number; p99: number }[]]));
  for (let turn = 0; turn < TURNS; turn++)
    for (const party of asked) {
      const script = path.join(import.meta.dirname, 'gateway/steady-load.ts');
      const args = ['-c', String(LOAD_CORE), process.execPath, script, party.url, String(rate), String(SECONDS)];
      const answer = JSON.parse((await run('taskset', args)).stdout) as { p50: number; p99: number; failed: number };
      if (answer.failed > 0) throw new Error(`${party.name} failed ${answer.failed} requests`);
      found.get(party)!.push(answer);
    }
  console.log(`\n  at ${rate} requests/s`);
  const middle = (party: Party, q: 'p50' | 'p99') =>
    quantile(
      found.get(party)!.map((each) => each[q]),
      0.5,
    );
  return new Map(
    asked.map((party) => {
      const one = { p50: middle(party, 'p50'), p99: middle(party, 'p99') };
      console.log(`  ${party.name.padEnd(26)} p50 ${one.p50.toFixed(2)} ms, p99 ${one.p99.toFixed(2)} ms`);
      return [party, one];
    }),
  );
}

function hundredth(value: number): number {
  return Math.round(value * 100) / 100;
}
