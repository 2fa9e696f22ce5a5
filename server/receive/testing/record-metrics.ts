import { ValueType } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AggregationType,
  MeterProvider,
  PeriodicExportingMetricReader,
  type PushMetricExporter,
} from '@opentelemetry/sdk-metrics';
import { expect } from 'vitest';
import type { ReadHistogram } from '#server/decode/testing/read-histograms.ts';
import type { ReadSample } from '#server/decode/testing/read-samples.ts';

/** Records one instrument of each kind with the official SDK and exports twice; rejects when an export fails. */
export async function recordMetrics(exporter: PushMetricExporter): Promise<void> {
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const provider = new MeterProvider({
    resource: resourceFromAttributes({
      'service.namespace': 'warehouse',
      'service.name': 'robot',
      'service.instance.id': 'robot-1',
      'host.name': 'h1',
    }),
    readers: [reader],
    views: [
      { instrumentName: 'lift.*', aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } },
      {
        instrumentName: 'grip.duration',
        aggregation: { type: AggregationType.EXPLICIT_BUCKET_HISTOGRAM, options: { boundaries: [0.1, 1] } },
      },
    ],
  });
  const meter = provider.getMeter('arm', '1.0');
  const grips = meter.createCounter('grips', { unit: '{grip}', description: 'How often', valueType: ValueType.INT });
  const queue = meter.createUpDownCounter('queue.length');
  const grip = meter.createHistogram('grip.duration', { unit: 's' });
  const lift = meter.createHistogram('lift.duration', { unit: 's' });
  meter
    .createObservableGauge('battery', { unit: '1' })
    .addCallback((result) => result.observe(0.75, { 'battery.slot': 2 }));
  for (let round = 0; round < 2; round++) {
    grips.add(3, { hand: 'left' });
    queue.add(round === 0 ? 5 : -2);
    for (const seconds of [0.05, 0.5, 5]) grip.record(seconds);
    lift.record(1.5);
    await reader.forceFlush();
    // Two points of a delta stream must not end in the same millisecond.
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await provider.shutdown();
}

/** What a reader must find of each series last, whether the sender sent totals or deltas. */
export function expectRecorded(samples: ReadSample[], histograms: ReadHistogram[]): void {
  const lasts = new Map<string, number>();
  for (const { name, labels, value } of samples) {
    const part = labels['le'] ?? labels['hand'] ?? labels['battery_slot'] ?? '';
    lasts.set(part === '' ? name : `${name} ${part}`, value);
    expect(labels).toMatchObject({ job: 'warehouse/robot', instance: 'robot-1' });
    if (name !== 'target_info') expect(labels).toMatchObject({ otel_scope_name: 'arm', otel_scope_version: '1.0' });
    else expect(labels['host_name']).toBe('h1');
  }
  // The one bucket that 1.5 is in, whatever the scale that the sender came to.
  const lift = histograms.findLast(({ name }) => name === 'lift_duration_seconds')!;
  expect(lift).toMatchObject({ count: 2, sum: 3, zeroCount: 0, negative: [] });
  expect(lift.positive).toEqual([[Math.ceil(Math.log2(1.5) * 2 ** lift.schema), 2]]);
  expect(Object.fromEntries(lasts)).toEqual({
    'grips_total left': 6,
    queue_length: 3,
    'battery_ratio 2': 0.75,
    'grip_duration_seconds_bucket 0.1': 2,
    'grip_duration_seconds_bucket 1': 4,
    'grip_duration_seconds_bucket +Inf': 6,
    grip_duration_seconds_count: 6,
    grip_duration_seconds_sum: 11.1,
    target_info: 1,
  });
}
