import type { IncomingHttpHeaders } from 'node:http';
import { refusal } from './engine-error.ts';

/**
 * Why a request may not be served: the engine has no login, so only programs on this machine may talk to it. A page in
 * a browser on this machine is none of them, whether it comes by a form or fetch (Origin) or by DNS rebinding (Host).
 */
export function refuseCaller(headers: IncomingHttpHeaders): string | undefined {
  if (headers.origin !== undefined || headers['sec-fetch-site'] !== undefined) {
    return 'The telemetry store does not answer web pages';
  }
  const host = hostname(headers.host ?? '');
  if (host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)) return undefined;
  return `The telemetry store answers on this machine's loopback names only, not as ${JSON.stringify(host)}`;
}

/**
 * Functions that read files or reach the network, and statements that write files. No user-written SQL comes here; this
 * bounds what a mistake in ours could do, and is no sandbox.
 */
export function refuseStatement(sql: string): void {
  const bare = sql.replace(/'(?:[^'\\]|\\.|'')*'/g, "''");
  const found = /\b(file|url|s3|hdfs|executable|remote(?:Secure)?|postgresql|mysql|sqlite|mongodb|redis|fileCluster|urlCluster)\s*\(/i.exec(bare);
  if (found) throw refusal(497, 'ACCESS_DENIED', `The function ${found[1]} is not available in the embedded store`);
  if (/\binto\s+outfile\b/i.test(bare)) throw refusal(497, 'ACCESS_DENIED', 'INTO OUTFILE is not available in the embedded store');
}

function hostname(host: string): string {
  return host.toLowerCase().replace(/:\d+$/, '');
}
