import type { FastifyInstance } from 'fastify';
import { ServiceError } from '#services/kit/errors.ts';
import type { Breaker } from '../breaker/breaker.ts';
import { Configuration, ProbeInput } from './configuration.ts';
import type { ConfigurationHolder } from './hold-configuration.ts';

/** What the console asks of a gateway, on the admin port: to hold a configuration, to say what it holds, to try a service now. */
export function registerConfiguration(
  admin: FastifyInstance,
  holder: ConfigurationHolder,
  breakers: ReadonlyMap<string, Breaker>,
): void {
  admin.get('/configuration', async (_request, reply) => reply.header('cache-control', 'no-store').send(holder.read()));

  admin.put('/configuration', async (request) => {
    const configuration = Configuration.parse(request.body);
    if (holder.apply(configuration) === 'stale') {
      const { version, issuedMs } = holder.read();
      throw new ServiceError('CONFLICT', `Version ${version} is held, which was issued later.`, {
        extra: { version, issuedMs },
      });
    }
    return holder.read();
  });

  admin.post<{ Params: { name: string } }>('/breakers/:name/probe', async ({ params, body, log }) => {
    const breaker = breakers.get(params.name);
    if (!breaker) throw new ServiceError('NOT_FOUND', `There is no breaker ${params.name} here.`);
    const { by, reason } = ProbeInput.parse(body);
    if (!breaker.probe(`probe by ${by}: ${reason}`))
      throw new ServiceError(
        'CONFLICT',
        `The breaker is ${breaker.state.replace('_', ' ')}: only an open one can be probed.`,
      );
    log.warn({ breaker: params.name, by, reason }, 'a probe was asked for');
    return holder.read();
  });
}
