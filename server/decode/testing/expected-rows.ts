import type { AnyValueModel, KeyValueModel, LogsRequestModel, TraceRequestModel } from './otlp-arbitrary.ts';
import type { Row } from './read-rows.ts';

/** The rows of a valid request, derived in the plainest way from its model: the other opinion that decoders are held against. */
export function expectedSpanRows(request: TraceRequestModel): Row[] {
  return request.resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ scope, spans }) =>
      spans.map((span) => {
        const start = BigInt(span.startTimeUnixNano);
        const end = BigInt(span.endTimeUnixNano);
        const promoted = (...names: string[]) => pick(span.attributes, names);
        const code = promoted('http.response.status_code', 'http.status_code');
        return {
          timestamp: start,
          duration_ns: end > start ? end - start : 0n,
          trace_id: span.traceId.toString('hex'),
          span_id: span.spanId.toString('hex'),
          parent_span_id: span.parentSpanId.toString('hex').padEnd(16, '0'),
          trace_state: span.traceState,
          ...service(resource.attributes),
          name: span.name,
          kind: span.kind,
          status_code: span.status.code,
          status_message: span.status.message,
          error_type: promoted('error.type'),
          http_request_method: promoted('http.request.method', 'http.method'),
          http_route: promoted('http.route'),
          http_response_status_code: /^\d{1,5}$/.test(code) && Number(code) < 65_536 ? Number(code) : 0,
          server_address: promoted('server.address', 'net.peer.name', 'net.host.name'),
          peer_service: promoted('service.peer.name', 'peer.service'),
          db_system_name: promoted('db.system.name', 'db.system'),
          db_namespace: promoted('db.namespace', 'db.name'),
          messaging_system: promoted('messaging.system'),
          messaging_destination_name: promoted('messaging.destination.name', 'messaging.destination'),
          circuit_breaker_name: promoted('circuit_breaker.name', 'circuitbreaker.name'),
          circuit_breaker_outcome: promoted('circuit_breaker.outcome'),
          scope_name: scope.name,
          resource_attributes: pairs(resource.attributes),
          attributes: pairs(span.attributes),
          event_timestamps: span.events.map((event) => BigInt(event.timeUnixNano)),
          event_names: span.events.map((event) => event.name),
          event_attributes: span.events.map((event) => pairs(event.attributes)),
          link_trace_ids: span.links.map((link) => link.traceId.toString('hex')),
          link_span_ids: span.links.map((link) => link.spanId.toString('hex')),
        };
      }),
    ),
  );
}

export function expectedLogRows(request: LogsRequestModel): Row[] {
  return request.resourceLogs.flatMap(({ resource, scopeLogs }) =>
    scopeLogs.flatMap(({ scope, logRecords }) =>
      logRecords.map((log) => ({
        timestamp: BigInt(log.timeUnixNano) || BigInt(log.observedTimeUnixNano),
        trace_id: log.traceId.toString('hex').padEnd(32, '0'),
        span_id: log.spanId.toString('hex').padEnd(16, '0'),
        ...service(resource.attributes),
        severity_number: log.severityNumber,
        severity_text: log.severityText,
        event_name: log.eventName || pick(log.attributes, ['event.name']),
        body: asText(log.body),
        scope_name: scope.name,
        resource_attributes: pairs(resource.attributes),
        attributes: pairs(log.attributes),
      })),
    ),
  );
}

function service(attributes: KeyValueModel[]): Row {
  return {
    service_name: pick(attributes, ['service.name']) || 'unknown_service',
    service_instance_id: pick(attributes, ['service.instance.id']),
    service_version: pick(attributes, ['service.version']),
    deployment_environment: pick(attributes, ['deployment.environment.name', 'deployment.environment']),
  };
}

function pick(attributes: KeyValueModel[], names: string[]): string {
  for (const name of names) {
    const found = attributes.find(({ key }) => key === name);
    if (found) return asText(found.value);
  }
  return '';
}

function pairs(attributes: KeyValueModel[]): [string, string][] {
  return attributes.map(({ key, value }) => [key, asText(value)]);
}

function asText(value: AnyValueModel | undefined): string {
  if (value?.stringValue !== undefined) return value.stringValue;
  if (value?.bytesValue !== undefined) return value.bytesValue.toString('base64');
  if (value?.doubleValue !== undefined) return String(value.doubleValue);
  if (value === undefined || Object.keys(value).length === 0) return '';
  return asJson(value);
}

function asJson(value: AnyValueModel | undefined): string {
  if (value?.stringValue !== undefined) return JSON.stringify(value.stringValue);
  if (value?.intValue !== undefined) return value.intValue;
  if (value?.boolValue !== undefined) return String(value.boolValue);
  if (value?.bytesValue !== undefined) return JSON.stringify(value.bytesValue.toString('base64'));
  if (value?.doubleValue !== undefined) {
    return Number.isFinite(value.doubleValue) ? String(value.doubleValue) : `"${value.doubleValue}"`;
  }
  if (value?.arrayValue) return `[${value.arrayValue.values.map(asJson).join(',')}]`;
  if (value?.kvlistValue) {
    const members = value.kvlistValue.values.map((pair) => `${JSON.stringify(pair.key)}:${asJson(pair.value)}`);
    return `{${members.join(',')}}`;
  }
  return 'null';
}
