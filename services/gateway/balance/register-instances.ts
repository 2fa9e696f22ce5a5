import type { FastifyInstance } from 'fastify';
import type { BalancerView } from '#services/kit/balance/balancer.ts';

/** GET /instances on the admin port: where calls go now, and who was taken out. */
export function registerInstances(admin: FastifyInstance, balancers: ReadonlyMap<string, BalancerView>): void {
  admin.get('/instances', async () => ({
    services: Array.from(balancers, ([service, balancer]) => ({
      service,
      instances: balancer.members.map((member) => ({
        ...member.instance,
        outstanding: member.outstanding,
        failures: member.memory.failures,
        ejected: balancer.isEjected(member),
        ejections: member.memory.ejections,
      })),
    })),
  }));
}
