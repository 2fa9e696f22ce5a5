import { expect, it } from 'vitest';
import { fingerprint } from './fingerprint.ts';

it('is the one of Prometheus', () => {
  // The FNV-1a offset, and the value that prometheus/common's signature_test.go has for these labels.
  expect(fingerprint({})).toBe('cbf29ce484222325');
  expect(BigInt(`0x${fingerprint({ name: 'garland, briggs', fear: 'love is not enough' })}`)).toBe(
    5799056148416392346n,
  );
});

it('does not depend on the order of labels, but on where one ends', () => {
  expect(fingerprint({ a: '1', b: '2' })).toBe(fingerprint({ b: '2', a: '1' }));
  expect(fingerprint({ a: 'bc' })).not.toBe(fingerprint({ ab: 'c' }));
});
