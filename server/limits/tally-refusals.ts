import type { HeldLimits } from '#server/gateway/document.ts';
import type { LimitsReplay, Refusals, RefusalsOf } from './schema.ts';

export interface CountedRequest {
  instance: string;
  startMs: number;
  client: string;
  route: string;
  /** Empty where it was no try to log in. */
  login: string;
  /** JSON of the tiers that refused it; empty where none did. */
  really: string;
  /** Which tiers would have refused it, by bits in the order of the tiers. */
  inForce: number;
  candidate: number;
}

type Tiers = HeldLimits['tiers'];

/** Clients and routes beyond these are refused less often than all that are shown. */
const SHOWN_MAX = 20;

/** Who was refused, who would have been, and by which tier; the last tier counts only tries to log in. */
export function tallyRefusals(
  requests: readonly CountedRequest[],
  { inForce, candidate }: { inForce: Tiers; candidate: Tiers },
): Pick<LimitsReplay, 'total' | 'tiers' | 'routes' | 'clients'> {
  const logins = requests.filter(({ login }) => login !== '').length;
  return {
    total: sumOf(requests, ({ really }) => really !== '', -1),
    tiers: inForce.map(({ name, quota, windowMs }, index) => ({
      name,
      quota,
      windowMs,
      candidateQuota: candidate[index]!.quota,
      candidateWindowMs: candidate[index]!.windowMs,
      requests: index === inForce.length - 1 ? logins : requests.length,
      ...sumOf(requests, ({ really }) => really.includes(JSON.stringify(name)), 1 << index),
    })),
    routes: groupBy(requests, ({ route }) => route),
    clients: groupBy(requests, ({ client }) => client),
  };
}

/** `bits` are those of the tiers that are asked of. */
function sumOf(
  requests: readonly CountedRequest[],
  wasRefused: (request: CountedRequest) => boolean,
  bits: number,
): Refusals {
  const sum = { really: 0, inForce: 0, candidate: 0 };
  for (const request of requests) {
    sum.really += Number(wasRefused(request));
    sum.inForce += Number((request.inForce & bits) !== 0);
    sum.candidate += Number((request.candidate & bits) !== 0);
  }
  return sum;
}

function groupBy(requests: readonly CountedRequest[], nameOf: (request: CountedRequest) => string): RefusalsOf[] {
  const groups = new Map<string, RefusalsOf>();
  for (const request of requests) {
    const name = nameOf(request);
    const group = groups.get(name) ?? { name, requests: 0, really: 0, inForce: 0, candidate: 0 };
    group.requests += 1;
    group.really += Number(request.really !== '');
    group.inForce += Number(request.inForce !== 0);
    group.candidate += Number(request.candidate !== 0);
    groups.set(name, group);
  }
  return [...groups.values()]
    .filter(({ really, inForce, candidate }) => really + inForce + candidate > 0)
    .toSorted((a, b) => b.really + b.candidate - (a.really + a.candidate) || b.requests - a.requests)
    .slice(0, SHOWN_MAX);
}
