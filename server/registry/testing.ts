// The registry behind the console's own door, for tests of it and of those who use it.
import { once } from 'node:events';
import { Registry } from 'prom-client';
import { createConsoleServer } from '#server/http/console-server.ts';
import { startTestControl, type TestControl } from '#server/testing/control.ts';
import { createRegistryApi } from './create-registry-api.ts';
import { runHealthChecks, type HealthChecks } from './run-health-checks.ts';
import { createRegistryWaiters } from './wait-for-change.ts';

export interface TestRegistry {
  url: string;
  control: TestControl;
  /** Moves the registry's clock. */
  clock: { aheadMs: number };
  stop: () => Promise<void>;
}

/** A registry with a control database of its own that asks its instances how they are. */
export async function startTestRegistry(): Promise<TestRegistry> {
  const control = await startTestControl();
  const clock = { aheadMs: 0 };
  const now = () => new Date(Date.now() + clock.aheadMs);
  const waiters = createRegistryWaiters(control.db);
  const lease = { name: 'console', epoch: 1n };
  await control.db.lease.create({ data: { ...lease, holder: 'test', acquiredAt: now() } });
  const health: HealthChecks = runHealthChecks({
    db: control.db,
    lease,
    log: control.log,
    now,
    onChange: waiters.wake,
  });
  const server = createConsoleServer({
    publicUrl: new URL('http://switchyard.example'),
    isDevelopment: false,
    pages: () => null,
    api: async () => {},
    programApis: [createRegistryApi({ db: control.db, now, waiters, onRegistered: health.wake })],
    metrics: new Registry(),
    isStopping: () => false,
    log: control.log,
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    control,
    clock,
    stop: async () => {
      waiters.stop();
      await health.stop();
      server.closeAllConnections();
      server.close();
      await control.stop();
    },
  };
}
