import { expect, it } from 'vitest';
import { describeSampling } from './describe-sampling.ts';

const share = (service: string, keptShare: number) => ({ service, keptShare });

it.each([
  [[], null],
  [[share('gateway', 1 / 16)], 'Of the traces of gateway 1 in 16 is kept: counts are estimated from those.'],
  [[share('gateway', 0.4)], 'Of the traces of gateway 1 in 2.5 is kept: counts are estimated from those.'],
  [
    ['gateway', 'orders', 'auth', 'catalog', 'payments'].map((name) => share(name, 1 / 8)),
    'Of the traces of gateway, orders, auth and 2 more a share is kept, 1 in 8 at the least: counts are estimated from those.',
  ],
])('%j', (shares, text) => expect(describeSampling(shares)).toBe(text));
