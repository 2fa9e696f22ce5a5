import { expect, test } from 'vitest';
import { decideSettlement, IN_FLIGHT_MS, PAY_WITHIN_MS } from './decide-settlement.ts';
import type { OrderStatus } from './tables.ts';

const NOW = Date.UTC(2026, 0, 1);

test.each([
  ['pending', PAY_WITHIN_MS, false, 'wait'],
  ['pending', PAY_WITHIN_MS + 1, false, 'expire'],
  ['paid', IN_FLIGHT_MS, false, 'wait'],
  ['paid', IN_FLIGHT_MS + 1, false, 'fulfil'],
  ['cancelled', IN_FLIGHT_MS, false, 'wait'],
  ['cancelled', IN_FLIGHT_MS + 1, false, 'release'],
  ['cancelled', PAY_WITHIN_MS * 2, true, 'wait'],
  ['shipped', PAY_WITHIN_MS * 2, false, 'wait'],
] as [OrderStatus, number, boolean, string][])(
  '%s for %i ms, released %s: %s',
  (status, ageMs, released, settlement) => {
    const at = new Date(NOW - ageMs);
    expect(decideSettlement({ status, updated_at: at, stock_released_at: released ? at : null }, NOW)).toBe(settlement);
  },
);
