import { OTLP_HEADERS, type LoadBody } from './body.ts';
import { resourceOf, ROUTES, SERVICES, USER_AGENTS } from './fleet.ts';
import { ProtoWriter } from './proto-writer.ts';
import { createRandom, logNormal, mix, pick } from './random.ts';

export interface SpanBodyOptions {
  /** Which of the services; the same round of all eight holds traces of eight spans. */
  service: number;
  spans: number;
  /** Makes the values of the attributes; the ids come from the round. */
  seed: number;
  /** No two senders may share one, or they would send the same ids. */
  sender: number;
  /** The spans begin within so long before the request. */
  spreadMs: number;
}

const TRACE_ID_AT = 2;
const SPAN_ID_AT = 20;
const PARENT_AT = 30;
const START_AT = 39;
const END_AT = 48;

/** Spans with eleven attributes each: three of five are served requests, the others calls and queries. */
export function createSpanBody(options: SpanBodyOptions): LoadBody {
  const { spans, service, seed, sender, spreadMs } = options;
  const random = createRandom(seed * 16 + service);
  const writer = new ProtoWriter();
  const starts = new Uint32Array(spans);
  const durations = new Uint32Array(spans);
  writer.message(0x0a, () => {
    writer.message(0x0a, () => {
      for (const [key, value] of Object.entries(resourceOf(SERVICES[service]!, seed % 3))) {
        writer.attribute(0x0a, key, value);
      }
    });
    writer.message(0x12, () => {
      writer.message(0x0a, () => writer.text(0x0a, '@opentelemetry/instrumentation-http'));
      for (let index = 0; index < spans; index++) {
        durations[index] = Math.min(4e9, logNormal(random, 8e6, 1.1));
        writer.message(0x12, () => {
          starts[index] = writer.length;
          writeSpan(writer, random);
        });
      }
    });
  });
  const bytes = writer.take();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    path: '/v1/traces',
    headers: OTLP_HEADERS,
    items: spans,
    refresh: (round, nowMs) => {
      const base = BigInt(nowMs - spreadMs) * 1_000_000n;
      const [baseLo, baseHi] = [Number(base & 0xffffffffn), Number(base >> 32n)];
      const stepNs = (spreadMs * 1e6) / spans;
      const writeTime = (at: number, offset: number) => {
        const lo = baseLo + offset;
        view.setUint32(at, lo % 2 ** 32, true);
        view.setUint32(at + 4, baseHi + Math.floor(lo / 2 ** 32), true);
      };
      for (let index = 0; index < spans; index++) {
        const start = starts[index]!;
        const trace = mix(round * 1_009 + index * 2_654_435 + sender * 97);
        view.setUint32(start + TRACE_ID_AT, trace);
        view.setUint32(start + TRACE_ID_AT + 4, mix(trace + 1));
        view.setUint32(start + TRACE_ID_AT + 8, mix(mix((sender << 24) | round) + index));
        view.setUint32(start + TRACE_ID_AT + 12, mix(index + trace));
        writeSpanId(view, start + SPAN_ID_AT, trace, service);
        if (service > 0) writeSpanId(view, start + PARENT_AT, trace, service - 1);
        const offset = stepNs * index + (trace % 1_000_003) + service * 700_000;
        writeTime(start + START_AT, offset);
        writeTime(start + END_AT, offset + durations[index]!);
      }
      return bytes;
    },
  };
}

function writeSpanId(view: DataView, at: number, trace: number, service: number): void {
  view.setUint32(at, mix(trace + 11 * service + 5));
  view.setUint32(at + 4, mix(trace ^ (service + 77)));
}

/** What is filled in later comes first and has a fixed size, so that its places follow from the start of the span. */
function writeSpan(writer: ProtoWriter, random: () => number): void {
  writer.hole(0x0a, 16);
  writer.hole(0x12, 8);
  writer.hole(0x22, 8);
  writer.fixed64(0x39);
  writer.fixed64(0x41);
  const what = random();
  const route = pick(random, ROUTES);
  const status = random() < 0.98 ? 200 : pick(random, [404, 429, 500, 503]);
  if (what < 0.6) writeServed(writer, random, route, status);
  else if (what < 0.8) writeCall(writer, random, route, status);
  else writeQuery(writer, random);
  if (status >= 500) writer.message(0x7a, () => writer.number(0x18, 2));
}

function writeServed(writer: ProtoWriter, random: () => number, route: string, status: number): void {
  const [method, template] = route.split(' ') as [string, string];
  writer.text(0x2a, route);
  writer.number(0x30, 2);
  writeAttributes(writer, {
    'http.request.method': method,
    'http.route': template,
    'http.response.status_code': status,
    'url.path': template.replace('{id}', String(Math.floor(random() * 50_000))),
    'url.scheme': 'https',
    'server.address': 'api.shop.example',
    'server.port': 443,
    'client.address': `10.${Math.floor(random() * 4)}.${Math.floor(random() * 250)}.${Math.floor(random() * 250)}`,
    'user_agent.original': pick(random, USER_AGENTS),
    'network.protocol.version': '1.1',
    'enduser.id': `user-${Math.floor(random() * 20_000)}`,
  });
}

function writeCall(writer: ProtoWriter, random: () => number, route: string, status: number): void {
  const [method, template] = route.split(' ') as [string, string];
  const peer = pick(random, SERVICES);
  writer.text(0x2a, method);
  writer.number(0x30, 3);
  writeAttributes(writer, {
    'http.request.method': method,
    'http.response.status_code': status,
    'url.full': `http://${peer}.internal:8080${template.replace('{id}', String(Math.floor(random() * 50_000)))}`,
    'server.address': `${peer}.internal`,
    'server.port': 8080,
    'network.peer.address': `10.8.0.${10 + SERVICES.indexOf(peer)}`,
    'network.peer.port': 8080,
    'network.protocol.version': '1.1',
    'service.peer.name': peer,
    'circuit_breaker.name': peer,
    'circuit_breaker.outcome': status >= 500 ? 'failure' : 'success',
  });
}

const TABLES = ['products', 'orders', 'order_lines', 'stock', 'payments', 'users', 'sessions', 'shipments'];

function writeQuery(writer: ProtoWriter, random: () => number): void {
  const table = pick(random, TABLES);
  writer.text(0x2a, `SELECT ${table}`);
  writer.number(0x30, 3);
  writeAttributes(writer, {
    'db.system.name': 'postgresql',
    'db.namespace': 'shop',
    'db.collection.name': table,
    'db.operation.name': 'SELECT',
    'db.query.text': `SELECT * FROM ${table} WHERE id = $1 AND tenant_id = $2`,
    'db.response.returned_rows': Math.floor(random() * 50),
    'server.address': 'postgres.internal',
    'server.port': 5432,
    'network.peer.address': '10.8.1.5',
    'network.peer.port': 5432,
    'thread.id': Math.floor(random() * 16),
  });
}

function writeAttributes(writer: ProtoWriter, attributes: Record<string, string | number>): void {
  for (const [key, value] of Object.entries(attributes)) writer.attribute(0x4a, key, value);
}
