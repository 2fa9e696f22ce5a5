// The least that a proxy on node:http and undici can be: node bare-proxy.ts <port> <upstream>.
import { createServer } from 'node:http';
import { Pool } from 'undici';

const [port, upstream] = process.argv.slice(2);
const { origin } = new URL(upstream!);
const pool = new Pool(origin, { connections: 128 });

createServer((request, response) => {
  const { url: path = '/', method = 'GET', headers } = request;
  const asked = pool.stream(
    { path, method: method as 'GET', headers, opaque: response },
    ({ statusCode, headers: answered }) => response.writeHead(statusCode, answered as Record<string, string>),
  );
  // A client that leaves in the middle.
  asked.catch(() => response.destroy());
}).listen(Number(port), '127.0.0.1');
