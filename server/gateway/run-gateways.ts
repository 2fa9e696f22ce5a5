import type { PrismaClient } from '#prisma/generated/client.ts';
import type { Log } from '#server/log.ts';
import { askGateway, type GatewayAnswer } from './ask-gateway.ts';
import type { GatewayDocument, HeldConfiguration } from './document.ts';
import { readWanted } from './read-wanted.ts';

/** A gateway that was restarted has its last known configuration from disk; this repairs what it missed meanwhile. */
const RECONCILE_MS = 2_000;

export interface GatewayStatus {
  adminUrl: string;
  /** As it called itself last; its address before it ever answered. */
  instance: string;
  /** `behind`: it did not answer, and gets what is wanted when it returns. */
  state: 'applied' | 'behind' | 'refused';
  reason: string;
  /** What it said last; null before it ever answered. */
  held: HeldConfiguration | null;
  checkedMs: number;
}

export interface Gateways {
  /** Brings every gateway to `wanted` now, and says how each took it. */
  push: (wanted: GatewayDocument) => Promise<GatewayStatus[]>;
  /** Asks every gateway to let the next calls through an open breaker as trials. */
  probe: (name: string, input: { by: string; reason: string }) => Promise<GatewayStatus[]>;
  /** As of the last push or poll. */
  status: () => GatewayStatus[];
  stop: () => Promise<void>;
}

export interface GatewaysOptions {
  adminUrls: readonly string[];
  db: PrismaClient;
  log: Log;
  now: () => Date;
  intervalMs?: number;
}

/** Keeps gateways at what is wanted of them: by a push when it changes, and by asking them again and again. */
export function runGateways({ adminUrls, db, log, now, intervalMs = RECONCILE_MS }: GatewaysOptions): Gateways {
  const statuses = new Map<string, GatewayStatus>(
    adminUrls.map((adminUrl) => [adminUrl, { ...UNKNOWN, adminUrl, instance: new URL(adminUrl).host }]),
  );
  let wanted: GatewayDocument | null = null;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  const note = (adminUrl: string, answer: GatewayAnswer): GatewayStatus => {
    const last = statuses.get(adminUrl)!;
    const status = { ...last, ...toStatus(answer, wanted), checkedMs: now().getTime() };
    if (status.state !== last.state && last.checkedMs > 0)
      log.info({ gateway: status.instance, state: status.state, reason: status.reason }, 'a gateway');
    statuses.set(adminUrl, status);
    return status;
  };
  const put = async (adminUrl: string, document: GatewayDocument) =>
    note(adminUrl, await askGateway(adminUrl, 'PUT', '/configuration', bodyOf(document)));

  const reconcile = async (adminUrl: string) => {
    const answer = await askGateway(adminUrl, 'GET', '/configuration');
    if (answer.kind === 'held' && wanted && answer.held.issuedMs < wanted.issuedMs) await put(adminUrl, wanted);
    else note(adminUrl, answer);
  };
  const look = async () => {
    // What was read last stays true while the database is away.
    const read = await readWanted(db).catch(() => null);
    if (read && (!wanted || read.issuedMs > wanted.issuedMs)) wanted = read;
    await Promise.all(adminUrls.map(reconcile));
  };
  let running: Promise<void> = Promise.resolve();
  const loop = () => {
    running = look()
      .catch((error: unknown) => log.warn({ err: error }, 'the gateways could not be reconciled'))
      .then(() => {
        if (!isStopped) timer = setTimeout(loop, intervalMs).unref();
      });
  };
  if (adminUrls.length > 0) loop();

  return {
    push: async (document) => {
      if (!wanted || document.issuedMs > wanted.issuedMs) wanted = document;
      return Promise.all(adminUrls.map((adminUrl) => put(adminUrl, document)));
    },
    probe: (name, input) =>
      Promise.all(
        adminUrls.map(async (adminUrl) => {
          const answer = await askGateway(adminUrl, 'POST', `/breakers/${encodeURIComponent(name)}/probe`, input);
          // Refusing a probe says nothing of the configuration.
          return answer.kind === 'refused'
            ? { ...statuses.get(adminUrl)!, state: 'refused', reason: answer.reason }
            : note(adminUrl, answer);
        }),
      ),
    status: () => [...statuses.values()],
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/** A gateway from before limits and routes could be changed refuses what it does not know. */
function bodyOf({ limits, routes, ...body }: GatewayDocument): object {
  return {
    ...body,
    ...(Object.keys(limits).length > 0 && { limits }),
    ...(Object.keys(routes).length > 0 && { routes }),
  };
}

const UNKNOWN = { state: 'behind', reason: 'not asked yet', held: null, checkedMs: 0 } as const;

function toStatus(answer: GatewayAnswer, wanted: GatewayDocument | null) {
  if (answer.kind === 'unreachable') return { state: 'behind', reason: answer.reason } as const;
  if (answer.kind === 'refused') return { state: 'refused', reason: answer.reason } as const;
  const { held } = answer;
  const isBehind = wanted !== null && held.issuedMs < wanted.issuedMs;
  return {
    instance: held.instance,
    held,
    state: isBehind ? ('behind' as const) : ('applied' as const),
    reason: isBehind ? `it holds version ${held.version}` : '',
  };
}
