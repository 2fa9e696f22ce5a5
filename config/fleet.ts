/** A process of the shipped fleet: `<NAME>_PORT` and `<NAME>_ADMIN_PORT` move it, `env` is what it alone is given. */
export interface FleetMember {
  name: string;
  entry: string;
  port: number;
  adminPort: number;
  env: Record<string, string>;
}

/** The services handle a few requests a second: V8's own bounds let each take half as much again for that. */
const SMALL_HEAP = { NODE_OPTIONS: '--max-semi-space-size=4 --max-old-space-size=192' };

export const FLEET: FleetMember[] = [
  member('gateway', 4000),
  member('auth', 4001, SMALL_HEAP),
  member('catalog', 4002, SMALL_HEAP),
  member('inventory', 4003, SMALL_HEAP),
  member('orders', 4004, SMALL_HEAP),
  member('payments', 4005, SMALL_HEAP),
  member('shipping', 4006, SMALL_HEAP),
  member('traffic', 4007, SMALL_HEAP),
];

function member(name: string, port: number, env: Record<string, string> = {}): FleetMember {
  const entry = `services/${name}/main.ts`;
  return { name, entry, port, adminPort: port + 100, env: { OTEL_SERVICE_NAME: name, ...env } };
}
