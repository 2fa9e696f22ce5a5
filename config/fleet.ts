/** A process of the shipped fleet: `<NAME>_PORT` and `<NAME>_ADMIN_PORT` move it, `env` is what it alone is given. */
export interface FleetMember {
  /** Of the process. */
  name: string;
  /** What it is an instance of. */
  service: string;
  /** Which one: `service.instance.id`. */
  instance: string;
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
  // One of two may die without a customer noticing.
  member('orders', 4008, SMALL_HEAP, 2),
  member('notifications', 4009, SMALL_HEAP),
];

/** What the names of a process's variables begin with: `ORDERS_2` for `orders-2`. */
export function variablePrefix(name: string): string {
  return name.toUpperCase().replaceAll('-', '_');
}

function member(service: string, port: number, env: Record<string, string> = {}, number = 1): FleetMember {
  const instance = `${service}-${number}`;
  return {
    name: number === 1 ? service : instance,
    service,
    instance,
    entry: `services/${service}/main.ts`,
    port,
    adminPort: port + 100,
    env: { OTEL_SERVICE_NAME: service, ...env },
  };
}
