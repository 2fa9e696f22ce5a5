import { diag } from '@opentelemetry/api';
import { globalErrorHandler } from '@opentelemetry/core';
import { afterAll, expect, test } from 'vitest';
import { tellTelemetryFaults } from './tell-telemetry-faults.ts';

afterAll(() => diag.disable());

test('the log says that batches are lost, once a minute', () => {
  const said: unknown[] = [];
  let nowMs = 1_000;
  tellTelemetryFaults({ warn: (...line: unknown[]) => said.push(line) }, () => nowMs);
  globalErrorHandler(new Error('connect ECONNREFUSED 127.0.0.1:4318'));
  diag.warn('Lost 12 spans or log records: the collector takes none.');
  const first = [
    { detail: expect.stringContaining('ECONNREFUSED') as string },
    'telemetry is lost: see OTEL_EXPORTER_OTLP_ENDPOINT',
  ];
  expect(said).toEqual([first]);
  nowMs += 60_000;
  diag.warn('Lost 12 spans or log records: the collector takes none.');
  diag.info('nobody needs to know');
  expect(said).toHaveLength(2);
});
