import { readFile } from 'node:fs/promises';
import { parseExposition, type Exposition } from '#server/decode/parse-exposition.ts';
import { parseProtoExposition } from '#server/decode/parse-proto-exposition.ts';
import type { ParsedSeries } from '#server/decode/parse-series.ts';
import type { Target, TargetAuth } from './discovery/to-target.ts';
import { fetchBytes } from './fetch-text.ts';

/** As Prometheus asks when it takes native histograms, which only the first has. */
const ACCEPT = [
  'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.6',
  'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5',
  'application/openmetrics-text;version=0.0.1;q=0.4',
  'text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3',
  'text/plain;version=0.0.4;q=0.2',
  '*/*;q=0.1',
].join(',');

/** One scrape; throws an Error that says why there is none. */
export async function scrapeTarget(target: Target, known: Map<string, ParsedSeries>): Promise<Exposition> {
  const { bytes, contentType } = await fetchBytes(`${target.origin}${target.metricsPath}`, {
    timeoutMs: target.timeoutMs,
    bytesMax: target.limits.bodyBytes,
    redirect: target.followRedirects ? 'follow' : 'manual',
    headers: {
      accept: ACCEPT,
      'user-agent': 'switchyard-collector',
      'x-prometheus-scrape-timeout-seconds': String(target.timeoutMs / 1000),
      ...(target.auth && { authorization: await authorizationOf(target.auth) }),
    },
  });
  const format = formatOf(contentType);
  if (format === 'protobuf') return parseProtoExposition(bytes, known, target.histograms);
  return parseExposition(new TextDecoder().decode(bytes), format === 'openmetrics', known);
}

/** The value of the header Authorization. */
export async function authorizationOf(auth: TargetAuth): Promise<string> {
  const secret = auth.secret ?? (auth.file === undefined ? '' : (await readFile(auth.file, 'utf8')).trim());
  if (auth.kind === 'token') return `${auth.type} ${secret}`;
  return `Basic ${Buffer.from(`${auth.username}:${secret}`).toString('base64')}`;
}

function formatOf(contentType: string): 'protobuf' | 'openmetrics' | 'text' {
  const type = contentType.split(';', 1)[0]!.trim().toLowerCase();
  if (type === 'application/openmetrics-text') return 'openmetrics';
  if (type === 'text/plain') return 'text';
  if (type === 'application/vnd.google.protobuf' && PROTO.every((part) => part.test(contentType))) return 'protobuf';
  throw new Error(`its content type ${JSON.stringify(type)} is no exposition of metrics`);
}

const PROTO = [/;\s*proto="?io\.prometheus\.client\.MetricFamily\b/i, /;\s*encoding="?delimited\b/i];
