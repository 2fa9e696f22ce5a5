import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from './ask.ts';
import type { Telemetry } from './start-telemetry.ts';
import type { LoadKind } from '../load/body.ts';

const EVERY_MS = 200;
const POLL_MS = 50;
const LATE_MS_MAX = 30_000;
const SERVICE = 'bench-probe';

/** Sends one marked item after the other through the same door, and measures from its sending until a query finds it. */
export async function probeQueryable(telemetry: Telemetry, kind: LoadKind, seconds: number): Promise<number[]> {
  const sentAt = new Map<number, number>();
  const delays: number[] = [];
  const end = performance.now() + seconds * 1000;
  const senders = { sending: true };
  const send = async () => {
    for (let number = 1; performance.now() < end; number++) {
      sentAt.set(number, performance.now());
      await post(telemetry.url, kind, number);
      await sleep(EVERY_MS);
    }
    senders.sending = false;
  };
  const poll = async () => {
    for (const deadline = end + LATE_MS_MAX; (senders.sending || sentAt.size > 0) && performance.now() < deadline;) {
      // By the time between: what is found was there when the question was asked.
      for (const { number } of await ask<{ number: number }>(telemetry.engineUrl, QUESTIONS[kind])) {
        const sent = sentAt.get(number);
        if (sent === undefined) continue;
        delays.push(performance.now() - sent);
        sentAt.delete(number);
      }
      await sleep(POLL_MS);
    }
    if (sentAt.size > 0) throw new Error(`${sentAt.size} probes were acknowledged and not found.`);
  };
  await Promise.all([send(), poll()]);
  return delays;
}

const RECENT = `timestamp > now64(3) - INTERVAL 60 SECOND`;
const QUESTIONS: Record<LoadKind, string> = {
  spans: `SELECT DISTINCT duration_ns AS number FROM spans WHERE ${RECENT} AND service_name = '${SERVICE}'`,
  logs: `SELECT DISTINCT toUInt64(body) AS number FROM logs WHERE ${RECENT} AND service_name = '${SERVICE}'`,
  samples: `SELECT DISTINCT toUInt64(value) AS number FROM samples WHERE ${RECENT} AND metric_name = 'bench_probe'`,
};

async function post(url: string, kind: LoadKind, number: number): Promise<void> {
  const now = BigInt(Date.now()) * 1_000_000n;
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: SERVICE } }] };
  const id = number.toString(16).padStart(16, 'b');
  const [path, body] = {
    spans: [
      '/v1/traces',
      {
        resourceSpans: [
          {
            resource,
            scopeSpans: [
              {
                spans: [
                  {
                    traceId: id.repeat(2),
                    spanId: id,
                    name: 'probe',
                    kind: 1,
                    startTimeUnixNano: `${now}`,
                    endTimeUnixNano: `${now + BigInt(number)}`,
                  },
                ],
              },
            ],
          },
        ],
      },
    ],
    logs: [
      '/v1/logs',
      {
        resourceLogs: [
          { resource, scopeLogs: [{ logRecords: [{ timeUnixNano: `${now}`, body: { stringValue: `${number}` } }] }] },
        ],
      },
    ],
    samples: [
      '/v1/metrics',
      {
        resourceMetrics: [
          {
            resource,
            scopeMetrics: [
              {
                metrics: [
                  { name: 'bench_probe', gauge: { dataPoints: [{ timeUnixNano: `${now}`, asDouble: number }] } },
                ],
              },
            ],
          },
        ],
      },
    ],
  }[kind] as [string, object];
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`The collector answered a probe ${response.status}: ${text}`);
}
