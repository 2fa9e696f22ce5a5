import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import protobuf from 'protobufjs';
import snappy from 'snappyjs';
import { REMOTE_WRITE_HEADERS } from '#server/forward/remote-write/headers.ts';
import type { Buckets, Histogram } from '../histogram/histogram.ts';
import type { RawSeries } from '../evaluate/values.ts';

export const PROMETHEUS = '/usr/bin/prometheus';
export const PROMTOOL = '/usr/bin/promtool';

export function hasPrometheus(): boolean {
  return existsSync(PROMETHEUS) && existsSync(PROMTOOL);
}

export interface PeerPrometheus {
  url: string;
  pid: number;
  write: (series: RawSeries[]) => Promise<void>;
  stop: () => Promise<void>;
}

const READY_TIMEOUT_MS = 20_000;

/** Debian's Prometheus with an empty database, on a free port, taking remote writes; `settings` are those of its prometheus.yml. */
export async function startPeerPrometheus(settings: object = { global: {} }): Promise<PeerPrometheus> {
  const dir = mkdtempSync(path.join(tmpdir(), 'switchyard-prometheus-'));
  const config = path.join(dir, 'prometheus.yml');
  writeFileSync(config, JSON.stringify(settings));
  const port = await freePort();
  const child = spawn(
    PROMETHEUS,
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${dir}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--web.enable-remote-write-receiver',
      '--query.max-concurrency=4',
      '--enable-feature=native-histograms',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    if (child.exitCode === null) {
      const exited = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await exited;
    }
    rmSync(dir, { recursive: true, force: true });
  };
  for (const deadline = Date.now() + READY_TIMEOUT_MS; Date.now() < deadline; await sleep(50)) {
    const ready = await fetch(`${url}/-/ready`).catch(() => undefined);
    if (ready?.ok) return { url, pid: child.pid!, write: (series) => remoteWrite(url, series), stop };
    if (child.exitCode !== null) break;
  }
  await stop();
  throw new Error(`Prometheus did not start:\n${output}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

const { root } = protobuf.parse(`
  syntax = "proto3";
  message WriteRequest { repeated TimeSeries timeseries = 1; }
  message TimeSeries { repeated Label labels = 1; repeated Sample samples = 2; repeated Histogram histograms = 4; }
  message BucketSpan { sint32 offset = 1; uint32 length = 2; }
  message Histogram {
    double count_float = 2; double sum = 3; sint32 schema = 4; double zero_threshold = 5; double zero_count_float = 7;
    repeated BucketSpan negative_spans = 8; repeated double negative_counts = 10;
    repeated BucketSpan positive_spans = 11; repeated double positive_counts = 13;
    int64 timestamp = 15;
  }
  message Label { string name = 1; string value = 2; }
  message Sample { fixed64 value = 1; int64 timestamp = 2; }
`);
const WriteRequest = root.lookupType('WriteRequest');

const STALE_NAN = { low: 0x0000_0002, high: 0x7ff0_0000, unsigned: true };

async function remoteWrite(url: string, series: RawSeries[]): Promise<void> {
  const timeseries = series.map(({ labels, timestamps, values, stale, histograms }) => ({
    labels: labels.entries().map(([name, value]) => ({ name, value })),
    samples: Array.from(values, (value, place) => ({
      value: stale?.[place] === 1 ? STALE_NAN : bitsOf(value),
      timestamp: timestamps[place]!,
    })),
    histograms: histograms?.values.map((one, place) => toMessage(one, histograms.timestamps[place]!)) ?? [],
  }));
  const body = WriteRequest.encode({ timeseries }).finish();
  const response = await fetch(`${url}/api/v1/write`, {
    method: 'POST',
    headers: REMOTE_WRITE_HEADERS,
    body: new Uint8Array(snappy.compress(Buffer.from(body))),
  });
  if (!response.ok) throw new Error(`remote write: ${response.status} ${await response.text()}`);
}

function toMessage(histogram: Histogram, timestamp: number) {
  const { schema, zeroThreshold, zeroCount, count, sum, positive, negative } = histogram;
  return {
    schema,
    zeroThreshold,
    sum,
    timestamp,
    countFloat: count,
    zeroCountFloat: zeroCount,
    positiveSpans: spansOf(positive),
    positiveCounts: [...positive.counts],
    negativeSpans: spansOf(negative),
    negativeCounts: [...negative.counts],
  };
}

/** A span for each bucket. */
function spansOf({ indexes }: Buckets) {
  return Array.from(indexes, (index, place) => ({
    offset: place === 0 ? index : index - indexes[place - 1]! - 1,
    length: 1,
  }));
}

/** The bits travel as an integer: a NaN must arrive as it is. */
function bitsOf(value: number) {
  const bits = new Uint32Array(new Float64Array([value]).buffer);
  return { low: bits[0]! | 0, high: bits[1]! | 0, unsigned: true };
}
