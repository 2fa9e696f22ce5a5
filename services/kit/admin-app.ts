import type { FastifyInstance } from 'fastify';
import { createApp } from './create-app.ts';
import { ServiceError } from './errors.ts';
import { Faults, NO_FAULTS, PutFaultsInput, type FaultSwitch } from './faults.ts';
import { refuseForeignPage } from './guard.ts';
import type { Log } from './log.ts';

/** The door for operators: faults, and what else the service puts behind it. */
export function createAdminApp(log: Log, faults: FaultSwitch, die: () => void): FastifyInstance {
  const app = createApp(log);
  app.addHook('onRequest', async ({ method, headers }) => {
    const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
    const refusal = refuseForeignPage(method, headers, hasBody);
    if (refusal) throw new ServiceError('FORBIDDEN', refusal);
  });
  app.get('/faults', async () => faults.read());
  app.put('/faults', async (request, reply) => {
    const { die: mustDie, ...asked } = PutFaultsInput.parse(request.body);
    faults.set(Faults.parse(asked));
    request.log.warn({ faults: asked, die: mustDie }, 'faults were switched on');
    if (mustDie) reply.raw.once('close', die);
    return faults.read();
  });
  app.delete('/faults', async (request) => {
    faults.set(NO_FAULTS);
    request.log.warn('faults were switched off');
    return faults.read();
  });
  return app;
}
