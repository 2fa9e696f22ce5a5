import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface TestShop {
  url: string;
  /** Requests by "METHOD path". */
  asked: string[];
  /** Addresses that shoppers came from. */
  addresses: Set<string>;
  /** Answers every payment with this from now on. */
  breakPayments: (status: number) => void;
  /** Answers everything that shoppers ask with 500, or does no longer. */
  setBroken: (isBroken: boolean) => void;
  stop: () => Promise<void>;
}

/** A shop with one product that answers at once, and a switch for faults as the services have it at /faults. */
export async function startShop(): Promise<TestShop> {
  const asked: string[] = [];
  const addresses = new Set<string>();
  let paymentStatus = 201;
  let isBroken = false;
  const answer = ({ method, url = '' }: IncomingMessage): [number, object] => {
    const [path = ''] = url.split('?');
    if (isBroken && path.startsWith('/api')) return [500, {}];
    if (method === 'POST') {
      if (path === '/api/auth/login') return [200, { token: 'token' }];
      if (path === '/api/payments') return [paymentStatus, {}];
      return [201, { id: 'order-1', totalCents: 1_200 }];
    }
    return [200, { products: [{ id: 'mug' }] }];
  };
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url?.split('?')[0]}`);
    if (request.url?.startsWith('/api')) addresses.add(request.socket.remoteAddress ?? '');
    request.resume().on('end', () => {
      const [status, body] = answer(request);
      const headers = { 'content-type': 'application/json', 'ratelimit-policy': '"short";q=20;w=1' };
      response.writeHead(status, headers).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    addresses,
    breakPayments: (status) => (paymentStatus = status),
    setBroken: (wanted) => (isBroken = wanted),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
