import { ask } from '../lab/ask.ts';
import { ROUTES, SERVICES, USER_AGENTS } from './fleet.ts';

/** Within what one statement may use of memory; the engine makes rows faster than anybody could send them. */
const ROWS_PER_INSERT = 250_000;
export const SPANS_PER_TRACE = 8;

/**
 * Spans of the window before `toMs`, evenly, made inside the engine: traces of eight spans over eight services, with attributes
 * as the load generator's. The same number always has the same ids (`traceIdOf`) and attributes.
 */
export async function fillSpans(
  engineUrl: string,
  window: { fromMs: number; toMs: number },
  spans: number,
  onProgress: (done: number) => void,
): Promise<void> {
  for (let from = 0; from < spans; from += ROWS_PER_INSERT) {
    const rows = Math.min(ROWS_PER_INSERT, spans - from);
    await ask(engineUrl, insertOf(window, spans, from, rows), { max_insert_threads: '2', max_execution_time: '600' });
    onProgress(from + rows);
  }
}

/** Hexadecimal, of the trace that the span of this number belongs to, as SQL. */
export const TRACE_ID_SQL = `sipHash128(intDiv(number, ${SPANS_PER_TRACE}))`;

const list = (values: readonly string[]) => `[${values.map((value) => `'${value}'`).join(', ')}]`;

function insertOf({ fromMs, toMs }: { fromMs: number; toMs: number }, spans: number, from: number, rows: number) {
  const stepNs = Math.floor(((toMs - fromMs) * 1e6) / spans);
  return `
    INSERT INTO spans (timestamp, duration_ns, trace_id, span_id, parent_span_id, service_name, service_instance_id,
      service_version, deployment_environment, name, kind, status_code, http_request_method, http_route,
      http_response_status_code, server_address, peer_service, db_system_name, db_namespace, circuit_breaker_name,
      circuit_breaker_outcome, scope_name, resource_attributes, attributes)
    WITH
      number % ${SPANS_PER_TRACE} AS place,
      cityHash64(number) AS random,
      ${list(SERVICES)}[place + 1] AS service,
      concat(service, '-', toString(random % 3)) AS instance,
      splitByChar(' ', ${list(ROUTES)}[random % ${ROUTES.length} + 1]) AS route,
      bitShiftRight(random, 8) % 10 AS what,
      if(bitShiftRight(random, 16) % 50 = 0, [404, 429, 500, 503][bitShiftRight(random, 24) % 4 + 1], 200) AS status,
      ${list(SERVICES)}[bitShiftRight(random, 24) % 8 + 1] AS peer,
      replaceOne(route[2], '{id}', toString(bitShiftRight(random, 20) % 50000)) AS path,
      concat('user-', toString(bitShiftRight(random, 30) % 20000)) AS user
    SELECT
      fromUnixTimestamp64Nano(toInt64(${fromMs}) * 1000000 + toInt64(intDiv(number, ${SPANS_PER_TRACE}) * ${SPANS_PER_TRACE}) * ${stepNs} + toInt64(place) * 700000 + toInt64(random % 400000)),
      toUInt64(8e6 * exp(1.1 * (sqrt(-2 * log(1 - (bitShiftRight(random, 11) % 1000000) / 1000001)) * cos(2 * pi() * (bitShiftRight(random, 31) % 1000000) / 1000000)))),
      ${TRACE_ID_SQL},
      reinterpretAsFixedString(sipHash64(number)),
      if(place = 0, toFixedString('', 8), reinterpretAsFixedString(sipHash64(number - 1))),
      service, instance, '1.14.2', 'production',
      multiIf(what < 6, concat(route[1], ' ', route[2]), what < 8, route[1], 'SELECT orders'),
      if(what < 6, 2, 3),
      if(status >= 500 AND what < 8, 2, 0),
      if(what < 8, route[1], ''), if(what < 6, route[2], ''), if(what < 8, status, 0),
      multiIf(what < 6, 'api.shop.example', what < 8, concat(peer, '.internal'), 'postgres.internal'),
      if(what IN (6, 7), peer, ''), if(what >= 8, 'postgresql', ''), if(what >= 8, 'shop', ''),
      if(what IN (6, 7), peer, ''), multiIf(what NOT IN (6, 7), '', status >= 500, 'failure', 'success'),
      '@opentelemetry/instrumentation-http',
      map('service.name', service, 'service.instance.id', instance, 'service.version', '1.14.2',
        'deployment.environment.name', 'production', 'host.name', concat('node-', toString(random % 3), '.internal'),
        'telemetry.sdk.language', 'nodejs', 'telemetry.sdk.name', 'opentelemetry', 'telemetry.sdk.version', '2.12.1'),
      multiIf(
        what < 6, map('http.request.method', route[1], 'http.route', route[2], 'http.response.status_code', toString(status),
          'url.path', path, 'url.scheme', 'https', 'server.address', 'api.shop.example', 'server.port', '443',
          'client.address', concat('10.0.', toString(bitShiftRight(random, 12) % 250), '.', toString(bitShiftRight(random, 40) % 250)),
          'user_agent.original', ${list(USER_AGENTS)}[bitShiftRight(random, 35) % ${USER_AGENTS.length} + 1],
          'network.protocol.version', '1.1', 'enduser.id', user),
        what < 8, map('http.request.method', route[1], 'http.response.status_code', toString(status),
          'url.full', concat('http://', peer, '.internal:8080', path), 'server.address', concat(peer, '.internal'),
          'server.port', '8080', 'network.peer.address', '10.8.0.10', 'network.peer.port', '8080',
          'network.protocol.version', '1.1', 'service.peer.name', peer, 'circuit_breaker.name', peer,
          'circuit_breaker.outcome', if(status >= 500, 'failure', 'success')),
        map('db.system.name', 'postgresql', 'db.namespace', 'shop', 'db.collection.name', 'orders', 'db.operation.name', 'SELECT',
          'db.query.text', 'SELECT * FROM orders WHERE id = $1 AND tenant_id = $2',
          'db.response.returned_rows', toString(bitShiftRight(random, 20) % 50), 'server.address', 'postgres.internal',
          'server.port', '5432', 'network.peer.address', '10.8.1.5', 'network.peer.port', '5432',
          'thread.id', toString(bitShiftRight(random, 40) % 16)))
    FROM numbers(${from}, ${rows})`;
}
