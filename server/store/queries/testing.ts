import type { Store } from '#server/store/client.ts';

/** Test data: a span, by what matters of it. */
export interface TestSpan {
  service: string;
  atMs: number;
  kind?: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  name?: string;
  ms?: number;
  instance?: string;
  version?: string;
  /** Hex; made up when missing. */
  trace?: string;
  id?: string;
  parent?: string;
  error?: boolean;
  http?: number;
  peer?: string;
  db?: [system: string, namespace: string];
  queue?: string;
  address?: string;
  breaker?: [name: string, outcome: string];
  message?: string;
  errorType?: string;
  attributes?: Record<string, string>;
  events?: { name: string; attributes?: Record<string, string> }[];
}

const KINDS = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 };

/** Stores spans as the collector would have. */
export async function insertSpans(store: Store, spans: readonly TestSpan[]): Promise<void> {
  const rows = spans.map((span) => ({
    timestamp: span.atMs,
    duration_ns: Math.round((span.ms ?? 10) * 1e6),
    trace: span.trace ?? randomHex(32),
    span: span.id ?? randomHex(16),
    parent: span.parent ?? '0'.repeat(16),
    service_name: span.service,
    service_instance_id: span.instance ?? `${span.service}-1`,
    service_version: span.version ?? '1.0.0',
    name: span.name ?? 'GET /',
    kind: KINDS[span.kind ?? 'server'],
    status_code: span.error ? 2 : 0,
    status_message: span.message ?? '',
    http_response_status_code: span.http ?? 0,
    server_address: span.address ?? '',
    peer_service: span.peer ?? '',
    db_system_name: span.db?.[0] ?? '',
    db_namespace: span.db?.[1] ?? '',
    messaging_system: span.queue ? 'rabbitmq' : '',
    messaging_destination_name: span.queue ?? '',
    circuit_breaker_name: span.breaker?.[0] ?? '',
    circuit_breaker_outcome: span.breaker?.[1] ?? '',
    error_type: span.errorType ?? '',
    attributes: span.attributes ?? {},
    event_names: (span.events ?? []).map(({ name }) => name),
    event_attributes: (span.events ?? []).map(({ attributes }) => attributes ?? {}),
  }));
  const plain = Object.keys(rows[0] ?? {}).filter((name) => !['timestamp', 'trace', 'span', 'parent'].includes(name));
  await insertJson(
    store,
    'spans',
    `timestamp, trace_id, span_id, parent_span_id, ${plain.join(', ')}`,
    `fromUnixTimestamp64Milli(JSONExtractInt(row, 'timestamp')), unhex(JSONExtractString(row, 'trace')),
     unhex(JSONExtractString(row, 'span')), unhex(JSONExtractString(row, 'parent')),
     ${plain.map((name) => `JSONExtract(row, '${name}', '${typeOf(name)}')`).join(', ')}`,
    rows,
  );
}

export interface TestTransition {
  atMs: number;
  name: string;
  state: string;
  previous?: string;
  reporter?: string;
  instance?: string;
  reason?: string;
  source?: string;
  nextAttemptMs?: number;
  traces?: string[];
}

export async function insertTransitions(store: Store, transitions: readonly TestTransition[]): Promise<void> {
  await insertJson(
    store,
    'circuit_transitions',
    `timestamp, name, service_name, service_instance_id, state, previous_state, reason, failures, calls, threshold,
     reset_timeout_ms, half_open_success_count, next_attempt, trace_ids, source`,
    `fromUnixTimestamp64Milli(JSONExtractInt(row, 'atMs')), JSONExtractString(row, 'name'), JSONExtractString(row, 'reporter'),
     JSONExtractString(row, 'instance'), JSONExtractString(row, 'state'), JSONExtractString(row, 'previous'),
     JSONExtractString(row, 'reason'), 5, 20, 5, 30000, 2, fromUnixTimestamp64Milli(JSONExtractInt(row, 'nextAttemptMs')),
     arrayMap(id -> toFixedString(unhex(id), 16), JSONExtract(row, 'traces', 'Array(String)')), JSONExtractString(row, 'source')`,
    transitions.map((transition) => ({
      previous: 'closed',
      reporter: 'gateway',
      instance: 'gateway-1',
      reason: '',
      source: 'push',
      nextAttemptMs: 0,
      traces: [],
      ...transition,
    })),
  );
}

export interface TestLog {
  atMs: number;
  service: string;
  body?: string;
  severity?: number;
  event?: string;
  trace?: string;
  span?: string;
  instance?: string;
  version?: string;
  scope?: string;
  attributes?: Record<string, string>;
  resource?: Record<string, string>;
}

export async function insertLogs(store: Store, logs: readonly TestLog[]): Promise<void> {
  await insertJson(
    store,
    'logs',
    `timestamp, service_name, body, severity_number, event_name, trace_id, span_id, service_instance_id, service_version,
     scope_name, attributes, resource_attributes`,
    `fromUnixTimestamp64Milli(JSONExtractInt(row, 'atMs')), JSONExtractString(row, 'service'), JSONExtractString(row, 'body'),
     JSONExtractInt(row, 'severity'), JSONExtractString(row, 'event'), unhex(JSONExtractString(row, 'trace')),
     unhex(JSONExtractString(row, 'span')), JSONExtractString(row, 'instance'), JSONExtractString(row, 'version'),
     JSONExtractString(row, 'scope'), JSONExtract(row, 'attributes', 'Map(String, String)'),
     JSONExtract(row, 'resource', 'Map(String, String)')`,
    logs.map((log) => ({ body: '', severity: 9, event: '', trace: '', attributes: {}, resource: {}, ...log })),
  );
}

/** The newest scrape of each target, by `job/instance`. */
export async function insertUp(store: Store, atMs: number, targets: Record<string, 0 | 1>): Promise<void> {
  const rows = Object.entries(targets).map(([target, value], index) => {
    const [job, instance] = target.split('/');
    return { id: index + 1, atMs, value, labels: { __name__: 'up', job, instance } };
  });
  const id = `JSONExtractUInt(row, 'id')`;
  const at = `fromUnixTimestamp64Milli(JSONExtractInt(row, 'atMs'))`;
  await insertJson(
    store,
    'series',
    'metric_name, series_id, labels, last_seen',
    `'up', ${id}, JSONExtract(row, 'labels', 'Map(String, String)'), ${at}`,
    rows,
  );
  await insertJson(
    store,
    'samples',
    'metric_name, series_id, timestamp, sample',
    `'up', ${id}, ${at}, JSONExtractFloat(row, 'value')`,
    rows,
  );
}

async function insertJson(store: Store, table: string, columns: string, values: string, rows: readonly object[]) {
  if (rows.length === 0) return;
  await store.command(
    `insert ${table}`,
    `INSERT INTO ${table} (${columns}) SELECT ${values} FROM (SELECT arrayJoin({rows:Array(String)}) AS row)`,
    { rows: rows.map((row) => JSON.stringify(row)) },
  );
}

function typeOf(column: string): string {
  if (column === 'attributes') return 'Map(String, String)';
  if (column === 'event_names') return 'Array(String)';
  if (column === 'event_attributes') return 'Array(Map(String, String))';
  return /^(duration_ns|kind|status_code|http_response_status_code)$/.test(column) ? 'UInt64' : 'String';
}

function randomHex(digits: number): string {
  return Array.from({ length: digits }, () => Math.floor(Math.random() * 16).toString(16)).join('');
}
