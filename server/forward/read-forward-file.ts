import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Env } from '#server/env.ts';
import { AppError } from '#server/errors.ts';
import { isLoopback } from '#server/notify/private-address.ts';
import { readDestinations, type Destination } from './destination.ts';

/** config/forward.yaml, which need not be there, and the variables; throws BAD_REQUEST for what would send to ourselves for ever. */
export function readForwardFile(env: Env, variables: NodeJS.ProcessEnv): Destination[] {
  const destinations = readDestinations({
    text: readText(path.join(env.CONFIG_DIR, 'forward.yaml')),
    variables,
    otlpUrl: env.FORWARD_OTLP_URL,
    remoteWriteUrl: env.FORWARD_REMOTE_WRITE_URL,
  });
  for (const { name, url } of destinations) {
    const { hostname, port } = new URL(url);
    if (isLoopback(hostname.replace(/^\[|\]$/g, '')) && Number(port) === env.OTLP_HTTP_PORT) {
      throw new AppError('BAD_REQUEST', `The destination ${name} is this collector itself (${url}): name another.`);
    }
  }
  return destinations;
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
