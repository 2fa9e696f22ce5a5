// A double of a Consul agent, and no Consul: it speaks the shapes that Consul's HTTP API documents for what our adapter uses, so
// that the adapter can be tested where no Consul can be had. It keeps services in memory and really runs their HTTP and TTL checks.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

const NODE = { ID: '40e4a748-2192-161a-0510-9bf59fe950b5', Node: 'double', Address: '127.0.0.1', Datacenter: 'dc1' };
const WAIT_MAX_MS = 600_000;

interface Check {
  CheckID: string;
  HTTP?: string;
  TTL?: string;
  Status?: string;
}

interface Service {
  ID: string;
  Name: string;
  Address?: string;
  Port?: number;
  Meta?: Record<string, string>;
  Checks?: Check[];
}

interface Held {
  service: Service;
  checks: (Check & { Status: string; deadlineMs: number })[];
}

export interface ConsulDouble {
  url: string;
  /** Moves its clock. */
  clock: { aheadMs: number };
  /** As an agent that lost its state. */
  forget: () => void;
  stop: () => Promise<void>;
}

export async function startConsulDouble(token?: string): Promise<ConsulDouble> {
  const services = new Map<string, Held>();
  const clock = { aheadMs: 0 };
  const now = () => Date.now() + clock.aheadMs;
  let index = 7;
  let news = Promise.withResolvers<void>();
  const bump = () => {
    index += 1;
    news.resolve();
    news = Promise.withResolvers<void>();
  };

  const become = (check: Held['checks'][number], status: string) => {
    if (check.Status === status) return;
    check.Status = status;
    bump();
  };
  const runChecks = async () => {
    for (const check of [...services.values()].flatMap(({ checks }) => checks)) {
      if (check.TTL && now() > check.deadlineMs) become(check, 'critical');
      if (!check.HTTP) continue;
      const answer = await fetch(check.HTTP).catch(() => null);
      await answer?.body?.cancel();
      // As documented: 2xx passes, 429 warns, all else is critical.
      become(check, answer?.ok ? 'passing' : answer?.status === 429 ? 'warning' : 'critical');
    }
  };
  let checking = Promise.resolve();
  const timer = setInterval(() => (checking = checking.then(runChecks)), 100);

  const healthOf = (name: string, onlyPassing: boolean) =>
    [...services.values()]
      .filter(({ service }) => service.Name === name)
      .filter(({ checks }) => !onlyPassing || checks.every(({ Status }) => Status === 'passing'))
      .map(({ service, checks }) => ({
        Node: NODE,
        Service: {
          ID: service.ID,
          Service: service.Name,
          Tags: [],
          Address: service.Address ?? '',
          Port: service.Port ?? 0,
          Meta: service.Meta ?? {},
          Weights: { Passing: 1, Warning: 1 },
          EnableTagOverride: false,
        },
        Checks: checks.map(({ CheckID, Status }) => ({ Node: NODE.Node, CheckID, Status, ServiceID: service.ID })),
      }));

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://consul');
    const send = (status: number, body?: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json', 'x-consul-index': String(index) });
      response.end(body === undefined ? undefined : JSON.stringify(body));
    };
    if (token !== undefined && request.headers['x-consul-token'] !== token)
      return void response.writeHead(403).end('Permission denied');
    const [method, path] = [request.method, decodeURIComponent(url.pathname)];
    const name = /^\/v1\/health\/service\/([^/]+)$/.exec(path)?.[1];
    if (method === 'GET' && name !== undefined) {
      await blockingQuery(url);
      return send(200, healthOf(name, url.searchParams.has('passing')));
    }
    if (method === 'GET' && path === '/v1/catalog/services') {
      await blockingQuery(url);
      return send(200, Object.fromEntries([...services.values()].map(({ service }) => [service.Name, []])));
    }
    if (method === 'PUT' && path === '/v1/agent/service/register') {
      const service = (await json(request)) as Service;
      if (!service.Name) return void response.writeHead(400).end('Missing service name');
      const checks = (service.Checks ?? []).map((check) => ({
        Status: 'critical',
        ...check,
        deadlineMs: deadlineOf(check),
      }));
      services.set(service.ID, { service, checks });
      bump();
      return send(200);
    }
    const left = /^\/v1\/agent\/service\/deregister\/(.+)$/.exec(path)?.[1];
    if (method === 'PUT' && left !== undefined) {
      if (!services.delete(left)) return void response.writeHead(404).end(`Unknown service ID "${left}"`);
      bump();
      return send(200);
    }
    const passed = /^\/v1\/agent\/check\/pass\/(.+)$/.exec(path)?.[1];
    const check = [...services.values()].flatMap(({ checks }) => checks).find(({ CheckID }) => CheckID === passed);
    if (method === 'PUT' && passed !== undefined) {
      if (!check) return void response.writeHead(404).end(`Unknown check ID "${passed}"`);
      check.deadlineMs = deadlineOf(check);
      become(check, 'passing');
      return send(200);
    }
    response.writeHead(404).end();
  };
  const deadlineOf = ({ TTL }: Check) => now() + Number.parseInt(TTL ?? '0', 10) * 1_000;
  const blockingQuery = async ({ searchParams }: URL) => {
    if (Number(searchParams.get('index') ?? 0) < index) return;
    const waitMs = Math.min(WAIT_MAX_MS, Number.parseInt(searchParams.get('wait') ?? '300s', 10) * 1_000);
    let patience: NodeJS.Timeout | undefined;
    const over = new Promise((resolve) => (patience = setTimeout(resolve, waitMs)));
    await Promise.race([news.promise, over]);
    clearTimeout(patience);
  };

  const server = createServer((request, response) => void handle(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    clock,
    forget: () => {
      services.clear();
      bump();
    },
    stop: async () => {
      clearInterval(timer);
      await checking;
      server.closeAllConnections();
      server.close();
    },
  };
}
