import { expect, it } from 'vitest';
import { labelName, metricName, toLabels, unitName, type MetricKind } from './metric-naming.ts';

it.each<[string, string, MetricKind, string]>([
  ['http.server.request.duration', 's', 'histogram', 'http_server_request_duration_seconds'],
  ['http.server.request.body.size', 'By', 'histogram', 'http_server_request_body_size_bytes'],
  ['requests', '{request}', 'counter', 'requests_total'],
  ['requests.total', '1', 'counter', 'requests_total'],
  ['total.requests', '', 'counter', 'requests_total'],
  ['system.cpu.utilization', '1', 'gauge', 'system_cpu_utilization_ratio'],
  ['cpu.ratio.used', '1', 'gauge', 'cpu_used_ratio'],
  ['memory.bytes', 'By', 'gauge', 'memory_bytes'],
  ['network.io', 'By/s', 'gauge', 'network_io_bytes_per_second'],
  ['network.io', '{packet}/s', 'gauge', 'network_io_per_second'],
  ['disk', 'KiBy', 'counter', 'disk_kibibytes_total'],
  ['room.temperature', 'Cel', 'gauge', 'room_temperature_celsius'],
  ['odd', 'foo bar', 'gauge', 'odd_foo_bar'],
  ['a  b--c__d', '', 'gauge', 'a_b_c_d'],
  ['2xx', '', 'gauge', '_2xx'],
  ['job:rate', '', 'gauge', 'job:rate'],
  ['größe', '%', 'gauge', 'gr_e_percent'],
  ['___', 's', 'gauge', ''],
])('calls %s in %s (%s) %s', (name, unit, kind, expected) => {
  expect(metricName(name, unit, kind)).toBe(expected);
});

it('writes units in words', () => {
  expect(['s', 'By/s', '{thing}', '1', '%', 'm/s'].map(unitName)).toEqual([
    'seconds',
    'bytes_per_second',
    '',
    '',
    'percent',
    'meters_per_second',
  ]);
});

it('makes labels of attributes, and joins those that become one', () => {
  expect(['http.route', 'a--b', '1st', 'ok'].map(labelName)).toEqual(['http_route', 'a_b', 'key_1st', 'ok']);
  expect([...toLabels({ 'b.c': '2', b_c: '1', 'b-c': '3' })]).toEqual([['b_c', '3;2;1']]);
});
