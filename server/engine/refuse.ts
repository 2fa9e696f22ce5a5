import type { IncomingHttpHeaders } from 'node:http';
import { refusal } from './engine-error.ts';
import { outsideQuotes } from './statement.ts';

/**
 * Why a request may not be served: the engine has no login, so only programs on this machine may talk to it. A page in
 * a browser on this machine is none of them, whether it comes by a form or fetch (Origin), by an image (Sec-Fetch-Site)
 * or by DNS rebinding (Host).
 */
export function refuseCaller(headers: IncomingHttpHeaders): string | undefined {
  if (headers.origin !== undefined || headers['sec-fetch-site'] !== undefined) {
    return 'The telemetry store does not answer web pages';
  }
  const host = (headers.host ?? '').toLowerCase().replace(/:\d+$/, '');
  if (host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)) return undefined;
  return `The telemetry store answers to this machine's loopback names only, not to ${JSON.stringify(host)}`;
}

/**
 * Refuses functions that read files or reach the network, and writing to files. No user-written SQL comes here: this
 * bounds what a mistake in ours could do, and is no sandbox.
 */
export function refuseStatement(sql: string): void {
  const bare = outsideQuotes(sql);
  const name =
    /\b(file|url|s3|gcs|azureBlobStorage|hdfs|executable|remote|postgresql|mysql|sqlite|mongodb|redis|odbc|jdbc)(?:Secure|Cluster)?\s*\(/i.exec(
      bare,
    )?.[1];
  if (name) throw refusal(497, 'ACCESS_DENIED', `Function ${name} is not available in the embedded store`);
  if (/\binto\s+outfile\b/i.test(bare)) {
    throw refusal(497, 'ACCESS_DENIED', 'INTO OUTFILE is not available in the embedded store');
  }
}
