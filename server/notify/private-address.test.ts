import { expect, it } from 'vitest';
import { isLoopback, isPrivateAddress } from './private-address.ts';

it.each([
  ['8.8.8.8', false],
  ['2606:4700::1111', false],
  ['127.0.0.1', true],
  ['127.9.9.9', true],
  ['10.1.2.3', true],
  ['172.16.0.1', true],
  ['172.32.0.1', false],
  ['192.168.1.1', true],
  ['169.254.169.254', true],
  ['100.100.100.200', true],
  ['0.0.0.0', true],
  ['255.255.255.255', true],
  ['::1', true],
  ['::', true],
  ['fd00::1', true],
  ['fe80::1', true],
  ['::ffff:10.0.0.1', true],
  ['::ffff:8.8.8.8', false],
  ['64:ff9b::a9fe:a9fe', true],
  ['not an address', true],
])('%s is private: %s', (address, expected) => expect(isPrivateAddress(address)).toBe(expected));

it.each([
  ['localhost', true],
  ['127.0.0.1', true],
  ['::1', true],
  ['127.0.0.1.evil.example', false],
  ['localhost.evil.example', false],
  ['10.0.0.1', false],
])('%s is loopback: %s', (host, expected) => expect(isLoopback(host)).toBe(expected));
