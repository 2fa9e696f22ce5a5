import { pino } from 'pino';
import { readServiceEnv } from '#services/kit/env.ts';
import type { Instance } from '#services/kit/registry/registry.ts';
import type { Transition } from '../breaker/breaker.ts';
import type { AccessRule } from '../access/rules.ts';
import { readGatewayEnv } from '../env.ts';
import { UPSTREAMS, type Upstream } from '../proxy/routes.ts';
import { startGateway } from '../start-gateway.ts';

export const TEST_JWT_SECRET = 'a secret of the tests, long enough';
const ALL_PUBLIC: readonly AccessRule[] = [
  { methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'], path: '/*', access: 'public' },
];

/** A gateway on free ports, in this process, with one upstream, or several instances, behind all of its routes and a clock that a test moves; open to all unless it is told otherwise. */
export async function startTestGateway(
  origin: string | readonly string[],
  variables: Record<string, string> = {},
  accessRules: readonly AccessRule[] = ALL_PUBLIC,
) {
  const instances = [origin].flat().map((address, index) => ({ id: String(index + 1), address }));
  const transitions: Transition[] = [];
  const shadowTransitions: Transition[] = [];
  const clock = { nowMs: 1_000_000 };
  const lines: { msg: string }[] = [];
  const running = await startGateway({
    env: readServiceEnv({ NODE_ENV: 'test', PORT: '0', ADMIN_PORT: '0', JWT_SECRET: TEST_JWT_SECRET, ...variables }),
    accessRules,
    log: pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line) as { msg: string }) }),
    ownsProcess: false,
    gatewayEnv: readGatewayEnv({ NODE_ENV: 'test', UPSTREAM_ANSWER_TIMEOUT_MS: '2000', ...variables }),
    registry: null,
    instances: Object.fromEntries(UPSTREAMS.map((name) => [name, instances])) as Record<Upstream, Instance[]>,
    onTransition: (transition) => transitions.push(transition),
    onShadowTransition: (transition) => shadowTransitions.push(transition),
    now: () => clock.nowMs,
  });
  return { ...running, transitions, shadowTransitions, clock, lines };
}
