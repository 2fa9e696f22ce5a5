import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** What one HTTP request asks of the engine, apart from its body. */
export interface EngineRequest {
  /** From the URL: then the body is data to insert. Absent: the body is the query. */
  query: string | undefined;
  queryId: string;
  database: string | undefined;
  format: string;
  settings: Record<string, string>;
  /** Values in ClickHouse's escaped text form, as `param_<name>` carries them. */
  params: Record<string, string>;
  waitEnd: boolean;
  compressAnswer: boolean;
}

/** Reads the ClickHouse HTTP interface's URL parameters and headers. */
export function parseRequest(search: URLSearchParams, headers: IncomingHttpHeaders): EngineRequest {
  const settings: Record<string, string> = {};
  const params: Record<string, string> = {};
  for (const [name, value] of search) {
    if (name.startsWith('param_')) params[name.slice('param_'.length)] = value;
    else if (!NOT_SETTINGS.has(name)) settings[name] = value;
  }
  settings['max_execution_time'] = String(clampSeconds(settings['max_execution_time']));
  return {
    query: search.get('query') || undefined,
    queryId: search.get('query_id') || randomUUID(),
    database: search.get('database') || header(headers, 'x-clickhouse-database'),
    format: search.get('default_format') || header(headers, 'x-clickhouse-format') || 'TabSeparated',
    settings,
    params,
    waitEnd: isOn(search.get('wait_end_of_query')) || isOn(search.get('buffer_size')),
    compressAnswer: isOn(search.get('enable_http_compression')) && /\bgzip\b/.test(headers['accept-encoding'] ?? ''),
  };
}

/** A query that does not say gets this; chDB cannot be interrupted from outside, so no query may run without a bound. */
const SECONDS_DEFAULT = 30;
const SECONDS_MAX = 600;

function clampSeconds(asked: string | undefined): number {
  const seconds = Number(asked ?? SECONDS_DEFAULT);
  return seconds > 0 && seconds <= SECONDS_MAX ? seconds : SECONDS_MAX;
}

/** Parameters of the HTTP interface itself: what a server's HTTP handler reads, and never passes on as a setting. */
const NOT_SETTINGS = new Set([
  'query',
  'query_id',
  'database',
  'default_format',
  'wait_end_of_query',
  'buffer_size',
  'enable_http_compression',
  'http_zlib_compression_level',
  'send_progress_in_http_headers',
  'http_headers_progress_interval_ms',
  'http_write_exception_in_output_format',
  'compress',
  'decompress',
  'session_id',
  'session_timeout',
  'session_check',
  'user',
  'password',
  'role',
  'quota_key',
  'client_protocol_version',
  'close_session',
  // Ours: it marks a connection's queries.
  'query_cache_tag',
]);

function header(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isOn(value: string | null): boolean {
  return value !== null && value !== '' && value !== '0' && value !== 'false';
}
