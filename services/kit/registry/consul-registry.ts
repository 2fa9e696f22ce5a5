import { z } from 'zod';
import { askRegistry, refuseFailure, type RegistryRequest } from './ask-registry.ts';
import type { Instance, Registration, Registry } from './registry.ts';

const TITLE = 'Consul';
const HEALTH_EVERY = '1s';
const HEALTH_TIMEOUT = '1s';
/** As our own registry: what was critical for so long does not come back. */
const FORGET_AFTER = '10m';

/** Of GET /v1/health/service/:name, what we read. */
const Entries = z.array(
  z.object({
    Node: z.object({ Address: z.string().default('') }).default({ Address: '' }),
    Service: z.object({
      ID: z.string(),
      Address: z.string().default(''),
      Port: z.number(),
      Meta: z.record(z.string(), z.string()).nullish(),
    }),
  }),
);

/** Consul's HTTP API of an agent at `origin`; services have an HTTP check and a TTL check, and pass when both do. */
export function createConsulRegistry(origin: string, token?: string): Registry {
  const ask = (path: string, request: RegistryRequest) =>
    askRegistry(`${origin}/v1/${path}`, { ...request, ...(token && { headers: { 'x-consul-token': token } }) });
  return {
    title: TITLE,
    async register(registration) {
      const path = 'agent/service/register?replace-existing-checks=true';
      refuseFailure(TITLE, await ask(path, { method: 'PUT', body: toConsul(registration) }));
    },
    async keep(registration) {
      const answer = await ask(`agent/check/pass/${encodeURIComponent(ttlCheckOf(registration))}`, { method: 'PUT' });
      // 404 from 1.12 on; an agent before that answers 500 with these words.
      if (answer.response.status === 404 || /unknown check/i.test(answer.text)) return false;
      refuseFailure(TITLE, answer);
      return true;
    },
    async leave(registration) {
      const path = `agent/service/deregister/${encodeURIComponent(idOf(registration))}`;
      const answer = await ask(path, { method: 'PUT' });
      if (answer.response.status !== 404) refuseFailure(TITLE, answer);
    },
    async watch(service, { index, waitS, signal }) {
      const query = new URLSearchParams({ passing: 'true', ...(index !== undefined && { index, wait: `${waitS}s` }) });
      // It adds up to a sixteenth of the wait, so that not all who watch come back at once.
      const heldMs = index === undefined ? 0 : waitS * 1_000 * (1 + 1 / 16);
      const path = `health/service/${encodeURIComponent(service)}?${query}`;
      const answer = await ask(path, { method: 'GET', heldMs, signal });
      refuseFailure(TITLE, answer);
      return {
        index: nextIndex(answer.response.headers.get('x-consul-index'), index),
        instances: Entries.parse(JSON.parse(answer.text)).map(toInstance),
      };
    },
  };
}

/** By Consul's rules: never below 1, and from the start when it goes backwards. */
function nextIndex(told: string | null, before: string | undefined): string {
  const index = Number(told);
  if (!Number.isSafeInteger(index) || index < 1) return '1';
  return before !== undefined && index < Number(before) ? '0' : String(index);
}

function toConsul(registration: Registration): object {
  const { service, instance, address, adminAddress, version, healthPath, ttlSeconds } = registration;
  const { hostname, port, protocol } = new URL(address);
  const scheme = protocol.slice(0, -1);
  return {
    ID: idOf(registration),
    Name: service,
    Address: hostname.replaceAll(/[[\]]/g, ''),
    Port: Number(port || (scheme === 'https' ? 443 : 80)),
    Meta: { instance, scheme, ...(version && { version }), ...(adminAddress && { admin_address: adminAddress }) },
    Checks: [
      {
        CheckID: `${idOf(registration)}:http`,
        Name: `${service} answers ${healthPath}`,
        HTTP: `${address}${healthPath}`,
        Interval: HEALTH_EVERY,
        Timeout: HEALTH_TIMEOUT,
        DeregisterCriticalServiceAfter: FORGET_AFTER,
      },
      {
        CheckID: ttlCheckOf(registration),
        Name: `${service} gives signs of life`,
        TTL: `${ttlSeconds}s`,
        Status: 'passing',
        DeregisterCriticalServiceAfter: FORGET_AFTER,
      },
    ],
  };
}

function toInstance({ Node, Service }: z.infer<typeof Entries>[number]): Instance {
  const host = Service.Address || Node.Address;
  const scheme = Service.Meta?.scheme === 'https' ? 'https' : 'http';
  return {
    id: Service.Meta?.instance ?? Service.ID,
    address: `${scheme}://${host.includes(':') ? `[${host}]` : host}:${Service.Port}`,
  };
}

/** Ids are of the agent, not of the service: two services may number their instances alike. */
function idOf({ service, instance }: Registration): string {
  return `${service}:${instance}`;
}

function ttlCheckOf(registration: Registration): string {
  return `${idOf(registration)}:ttl`;
}
