// Product lookup and token introspection, over HTTP and over gRPC in turn: the same questions to the same processes by the same caller.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { startTestPostgres } from '#server/postgres/testing.ts';
import { askToken } from '#services/kit/ask-token.ts';
import { callService, type ServiceCall } from '#services/kit/call-service.ts';
import { closeGrpcClients } from '#services/kit/rpc/send-grpc.ts';
import { stopFollowing } from '#services/kit/service-instances.ts';
import { startOtlpReceiver } from '#services/kit/testing/otlp-receiver.ts';
import { startFleet } from '#services/kit/testing/start-fleet.ts';
import { askPrices } from '#services/orders/calls.ts';
import { quantile } from './quantile.ts';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const TURNS = values.quick ? 2 : 6;
const TURN_MS = values.quick ? 1_500 : 5_000;
/** Fewer than call-service's connections, so that neither side waits for one. */
const WORKERS = 16;
const PROTOCOLS = ['http', 'grpc'] as const;
type Protocol = (typeof PROTOCOLS)[number];

interface Measured {
  durationsMs: number[];
  elapsedMs: number;
}

const [postgres, otlp] = await Promise.all([startTestPostgres(), startOtlpReceiver()]);
try {
  const fleet = await startFleet(['auth', 'catalog'], {
    DATABASE_URL: postgres.url,
    OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url,
    JWT_SECRET: 'a secret of the bench',
    LOG_LEVEL: 'warn',
    INTERNAL_RPC: 'grpc',
  });
  try {
    process.env.CATALOG_URL = fleet.url('catalog');
    process.env.AUTH_URL = fleet.url('auth');
    console.log(
      `${TURNS} turns of ${TURN_MS} ms each, ${WORKERS} at a time, ${cpus().length} cores (${cpus()[0]?.model})\n`,
    );
    const lookup = await compare('product lookup', askPrices(['tamper', 'knock-box', 'moka-pot', 'brew-scale']));
    const introspection = await compare('introspection', askToken(await logIn(fleet.url('auth'))));
    console.log(`\n${JSON.stringify({ workers: WORKERS, lookup, introspection })}`);
  } finally {
    stopFollowing();
    closeGrpcClients();
    await fleet.stop();
  }
} finally {
  await Promise.all([otlp.stop(), postgres.stop()]);
}

async function compare(name: string, call: ServiceCall<unknown>) {
  const measured: Record<Protocol, Measured> = {
    http: { durationsMs: [], elapsedMs: 0 },
    grpc: { durationsMs: [], elapsedMs: 0 },
  };
  // Connections and the compiler are warm before anything counts.
  for (const protocol of PROTOCOLS) await run(protocol, call, TURN_MS / 2);
  for (let turn = 0; turn < TURNS; turn += 1)
    for (const protocol of turn % 2 === 0 ? PROTOCOLS : PROTOCOLS.toReversed()) {
      const { durationsMs, elapsedMs } = await run(protocol, call, TURN_MS);
      measured[protocol].durationsMs = measured[protocol].durationsMs.concat(durationsMs);
      measured[protocol].elapsedMs += elapsedMs;
    }
  const [http, grpc] = PROTOCOLS.map((protocol) => summarize(name, protocol, measured[protocol]));
  const ratios = {
    p50: grpc!.p50Ms / http!.p50Ms,
    p99: grpc!.p99Ms / http!.p99Ms,
    perSecond: grpc!.perSecond / http!.perSecond,
  };
  console.log(
    `  ${name.padEnd(15)} gRPC / HTTP  p50 × ${ratios.p50.toFixed(2)}  p99 × ${ratios.p99.toFixed(2)}  req/s × ${ratios.perSecond.toFixed(2)}`,
  );
  return { http, grpc, ratios };
}

async function run(protocol: Protocol, call: ServiceCall<unknown>, forMs: number): Promise<Measured> {
  process.env.INTERNAL_RPC = protocol;
  // What this process knows of protocols and instances is read anew.
  stopFollowing();
  const durationsMs: number[] = [];
  const startedMs = performance.now();
  const work = async () => {
    for (;;) {
      const askedMs = performance.now();
      if (askedMs - startedMs >= forMs) return;
      await callService({ id: 'bench-of-grpc' }, call);
      durationsMs.push(performance.now() - askedMs);
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, work));
  return { durationsMs, elapsedMs: performance.now() - startedMs };
}

function summarize(name: string, protocol: Protocol, { durationsMs, elapsedMs }: Measured) {
  const p50Ms = quantile(durationsMs, 0.5);
  const p99Ms = quantile(durationsMs, 0.99);
  const perSecond = (durationsMs.length * 1_000) / elapsedMs;
  console.log(
    `  ${name.padEnd(15)} ${protocol.padEnd(4)}  p50 ${p50Ms.toFixed(2)} ms  p99 ${p99Ms.toFixed(2)} ms  ${perSecond.toFixed(0)} req/s`,
  );
  return { p50Ms, p99Ms, perSecond };
}

async function logIn(auth: string): Promise<string> {
  const account = { email: 'bench@shop.example', name: 'Bench', password: 'correct horse battery' };
  const post = (path: string, body: object) =>
    fetch(`${auth}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  await post('/auth/register', account);
  const { email, password } = account;
  const { token } = (await (await post('/auth/login', { email, password })).json()) as { token: string };
  return token;
}
