/** A process of the shipped fleet: `<NAME>_PORT` and `<NAME>_ADMIN_PORT` move it, `env` is what it alone is given. */
export interface FleetMember {
  name: string;
  entry: string;
  port: number;
  adminPort: number;
  env: Record<string, string>;
}

export const FLEET: FleetMember[] = [
  member('gateway', 4000),
  member('auth', 4001),
  member('catalog', 4002),
  member('inventory', 4003),
  member('orders', 4004),
  member('payments', 4005),
  member('shipping', 4006),
  member('traffic', 4007),
];

function member(name: string, port: number): FleetMember {
  return { name, entry: `services/${name}/main.ts`, port, adminPort: port + 100, env: { OTEL_SERVICE_NAME: name } };
}
