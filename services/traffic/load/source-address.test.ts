import { expect, it } from 'vitest';
import { sourceAddress } from './source-address.ts';

it('gives each shopper an address of their own on this machine, and none elsewhere', () => {
  const addresses = Array.from({ length: 600 }, (_, worker) => sourceAddress(worker, 'http://127.0.0.1:4000', 'linux'));
  expect(new Set(addresses).size).toBe(600);
  for (const address of addresses) expect(address).toMatch(/^127\.77\.[0-2]\.(\d|\d\d|1\d\d|2[0-4]\d|250)$/);
  expect(sourceAddress(0, 'https://shop.example', 'linux')).toBeNull();
  expect(sourceAddress(0, 'http://127.0.0.1:4000', 'darwin')).toBeNull();
});
