import { createServer } from 'node:net';
import { AppError } from '#server/errors.ts';
import type { ProcessSpec } from './process-spec.ts';

/** Throws one CONFLICT that names every taken port, the variable that moves it and the process that needs it. */
export async function checkPorts(specs: readonly ProcessSpec[], host: string): Promise<void> {
  const wanted = specs.flatMap((spec) => spec.ports.map((entry) => ({ ...entry, name: spec.name })));
  const free = await Promise.all(wanted.map(({ port }) => isFree(port, host)));
  const taken = wanted.filter((_, index) => !free[index]);
  if (taken.length === 0) return;
  const lines = taken.map(
    ({ port, variable, name }) => `  ${port} is needed by ${name}; move it with ${variable}=<port>`,
  );
  throw new AppError(
    'CONFLICT',
    `These ports are already in use by other programs:\n${lines.join('\n')}\nStop those programs (or another Switchyard), or set the variables.`,
  );
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer().once('error', () => resolve(false));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}
