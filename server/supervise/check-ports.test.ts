import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { checkPorts } from './check-ports.ts';
import type { ProcessSpec } from './process-spec.ts';

it('names a taken port, its variable and who needs it', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const spec = { name: 'console', ports: [{ port, variable: 'CONSOLE_PORT' }] } as unknown as ProcessSpec;
  try {
    await expect(checkPorts([spec], '127.0.0.1')).rejects.toThrow(
      `${port} is needed by console; move it with CONSOLE_PORT=<port>`,
    );
  } finally {
    server.close();
  }
  await once(server, 'close');
  await expect(checkPorts([spec], '127.0.0.1')).resolves.toBeUndefined();
});
