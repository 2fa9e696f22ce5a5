import { expect, it, vi } from 'vitest';
import { onFlushTelemetry } from '#services/kit/flush-telemetry.ts';
import { announceTransition } from './announce-transition.ts';

it('waits for no batch', () => {
  const flush = vi.fn<() => Promise<void>>(() => Promise.resolve());
  onFlushTelemetry(flush);
  announceTransition({
    name: 'payments',
    state: 'open',
    previousState: 'closed',
    atMs: 5,
    reason: '5 failures in a row, the last: HTTP 500',
    failures: 5,
    calls: 5,
    nextAttemptMs: 305,
    traceIds: [],
    settings: { failureThreshold: 5, resetTimeoutMs: 300, halfOpenSuccessCount: 2 },
    forced: null,
  });
  expect(flush).toHaveBeenCalledOnce();
});
