import { FLEET } from '#config/fleet.ts';

/** Where a service of the fleet listens: `<NAME>_URL`, else `<NAME>_PORT`, else its usual port, on this machine. */
export function serviceUrl(name: string, env: NodeJS.ProcessEnv = process.env): string {
  const prefix = name.toUpperCase();
  return env[`${prefix}_URL`] ?? `http://127.0.0.1:${env[`${prefix}_PORT`] ?? memberOf(name).port}`;
}

export function adminUrl(name: string, env: NodeJS.ProcessEnv = process.env): string {
  return `http://127.0.0.1:${env[`${name.toUpperCase()}_ADMIN_PORT`] ?? memberOf(name).adminPort}`;
}

/** Which service answers at an origin, to name the other end of a call. */
export function serviceByOrigin(env: NodeJS.ProcessEnv = process.env): Map<string, string> {
  return new Map(FLEET.map(({ name }) => [new URL(serviceUrl(name, env)).origin, name]));
}

function memberOf(name: string) {
  const member = FLEET.find((candidate) => candidate.name === name);
  if (!member) throw new Error(`config/fleet.ts names no service ${name}.`);
  return member;
}
