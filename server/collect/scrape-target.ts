import { parseExposition, type Exposition } from '#server/decode/parse-exposition.ts';
import type { ParsedSeries } from '#server/decode/parse-series.ts';
import { fetchText } from './fetch-text.ts';
import type { Target } from './targets-file.ts';

const BODY_BYTES_MAX = 16 * 1024 ** 2;

/** As Prometheus asks by default. */
const ACCEPT = [
  'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5',
  'application/openmetrics-text;version=0.0.1;q=0.4',
  'text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3',
  'text/plain;version=0.0.4;q=0.2',
  '*/*;q=0.1',
].join(',');

/** One scrape; throws an Error that says why there is none. */
export async function scrapeTarget(target: Target, known: Map<string, ParsedSeries>): Promise<Exposition> {
  const { text, contentType } = await fetchText(`${target.origin}${target.metricsPath}`, {
    timeoutMs: target.timeoutMs,
    bytesMax: BODY_BYTES_MAX,
    headers: {
      accept: ACCEPT,
      'user-agent': 'switchyard-collector',
      'x-prometheus-scrape-timeout-seconds': String(target.timeoutMs / 1000),
    },
  });
  const exposition = parseExposition(text, isOpenMetrics(contentType), known);
  const samples = exposition.points.length;
  if (samples > target.samplesMax) {
    throw new Error(`it has ${samples} samples, and its sample_limit is ${target.samplesMax}`);
  }
  return exposition;
}

function isOpenMetrics(contentType: string): boolean {
  const type = contentType.split(';', 1)[0]!.trim().toLowerCase();
  if (type === 'application/openmetrics-text') return true;
  if (type === 'text/plain') return false;
  throw new Error(`its content type ${JSON.stringify(type)} is no exposition of metrics`);
}
