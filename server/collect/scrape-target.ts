import { readFile } from 'node:fs/promises';
import { parseExposition, type Exposition } from '#server/decode/parse-exposition.ts';
import type { ParsedSeries } from '#server/decode/parse-series.ts';
import type { Target, TargetAuth } from './discovery/to-target.ts';
import { fetchText } from './fetch-text.ts';

/** One scrape; throws an Error that says why there is none. */
export async function scrapeTarget(target: Target, known: Map<string, ParsedSeries>): Promise<Exposition> {
  const { text, contentType } = await fetchText(`${target.origin}${target.metricsPath}`, {
    timeoutMs: target.timeoutMs,
    bytesMax: target.limits.bodyBytes,
    redirect: target.followRedirects ? 'follow' : 'manual',
    headers: {
      accept: 'application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.5,*/*;q=0.1',
      'user-agent': 'switchyard-collector',
      'x-prometheus-scrape-timeout-seconds': String(target.timeoutMs / 1000),
      ...(target.auth && { authorization: await authorizationOf(target.auth) }),
    },
  });
  return parseExposition(text, isOpenMetrics(contentType), known);
}

async function authorizationOf(auth: TargetAuth): Promise<string> {
  const secret = auth.secret ?? (auth.file === undefined ? '' : (await readFile(auth.file, 'utf8')).trim());
  if (auth.kind === 'token') return `${auth.type} ${secret}`;
  return `Basic ${Buffer.from(`${auth.username}:${secret}`).toString('base64')}`;
}

function isOpenMetrics(contentType: string): boolean {
  const type = contentType.split(';', 1)[0]!.trim().toLowerCase();
  if (type === 'application/openmetrics-text') return true;
  if (type === 'text/plain') return false;
  throw new Error(`its content type ${JSON.stringify(type)} is no exposition of metrics`);
}
