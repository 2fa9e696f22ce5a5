import { FLEET, variablePrefix, type FleetMember } from '#config/fleet.ts';
import type { Instance } from './registry/registry.ts';

type Env = NodeJS.ProcessEnv;

/**
 * The instances of a service as the environment has them: those that `<NAME>_URL` lists, by commas, else the fleet's on this machine,
 * each at `<NAME>_PORT` or its usual port.
 */
export function staticInstances(service: string, env: Env = process.env): Instance[] {
  const listed = env[`${variablePrefix(service)}_URL`];
  const addresses = listed
    ? listed.split(',').map((url) => url.trim())
    : membersOf(service).map((own) => urlOf(own, env));
  return addresses.map((address, index) => ({ id: `${service}-${index + 1}`, address: new URL(address).origin }));
}

/** Where a service of the fleet listens; the first of its instances. */
export function serviceUrl(service: string, env: Env = process.env): string {
  return staticInstances(service, env)[0]!.address;
}

/** Where a process of the fleet listens. */
export function memberUrl(name: string, env: Env = process.env): string {
  const member = FLEET.find((candidate) => candidate.name === name);
  if (!member) throw new Error(`config/fleet.ts names no process ${name}.`);
  return urlOf(member, env);
}

/** The admin port of a service's first instance. */
export function adminUrl(service: string, env: Env = process.env): string {
  const [{ name, adminPort }] = membersOf(service);
  return `http://127.0.0.1:${env[`${variablePrefix(name)}_ADMIN_PORT`] ?? adminPort}`;
}

/** Which service answers at an origin, to name the other end of a call. */
export function serviceByOrigin(env: Env = process.env): Map<string, string> {
  const services = new Set(FLEET.map(({ service }) => service));
  return new Map(
    [...services].flatMap((service) => staticInstances(service, env).map(({ address }) => [address, service] as const)),
  );
}

function urlOf({ name, port }: FleetMember, env: Env): string {
  return `http://127.0.0.1:${env[`${variablePrefix(name)}_PORT`] ?? port}`;
}

function membersOf(service: string): [FleetMember, ...FleetMember[]] {
  const [first, ...rest] = FLEET.filter((candidate) => candidate.service === service);
  if (!first) throw new Error(`config/fleet.ts names no service ${service}.`);
  return [first, ...rest];
}
