import { OTLP_HEADERS, type LoadBody } from './body.ts';
import { resourceOf, ROUTES, SERVICES } from './fleet.ts';
import { ProtoWriter } from './proto-writer.ts';
import { createRandom, logNormal, mix, pick } from './random.ts';

export interface LogBodyOptions {
  service: number;
  lines: number;
  seed: number;
  sender: number;
  spreadMs: number;
}

/** Of one request in a service; they carry its trace and span id. */
const LINES_PER_REQUEST = 4;
const TIME_AT = 1;
const OBSERVED_AT = 10;
const TRACE_ID_AT = 20;
const SPAN_ID_AT = 38;

/** Structured lines of about 350 bytes as JSON: a sentence with values in it, and six attributes. */
export function createLogBody({ service, lines, seed, sender, spreadMs }: LogBodyOptions): LoadBody {
  const random = createRandom(seed * 16 + service);
  const writer = new ProtoWriter();
  const starts = new Uint32Array(lines);
  writer.message(0x0a, () => {
    writer.message(0x0a, () => {
      for (const [key, value] of Object.entries(resourceOf(SERVICES[service]!, seed % 3))) {
        writer.attribute(0x0a, key, value);
      }
    });
    writer.message(0x12, () => {
      writer.message(0x0a, () => writer.text(0x0a, 'pino'));
      for (let index = 0; index < lines; index++) {
        writer.message(0x12, () => {
          starts[index] = writer.length;
          writeLine(writer, random);
        });
      }
    });
  });
  const bytes = writer.take();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    path: '/v1/logs',
    headers: OTLP_HEADERS,
    items: lines,
    refresh: (round, nowMs) => {
      const base = BigInt(nowMs - spreadMs) * 1_000_000n;
      const stepNs = (spreadMs * 1e6) / lines;
      for (let index = 0; index < lines; index++) {
        const start = starts[index]!;
        const request = mix(round * 8_191 + Math.floor(index / LINES_PER_REQUEST) * 131 + service * 7 + sender * 97);
        const time = base + BigInt(Math.floor(stepNs * index + (mix(index + request) % 100_000)));
        view.setBigUint64(start + TIME_AT, time, true);
        view.setBigUint64(start + OBSERVED_AT, time, true);
        view.setUint32(start + TRACE_ID_AT, request);
        view.setUint32(start + TRACE_ID_AT + 4, mix(request + 1));
        view.setUint32(start + TRACE_ID_AT + 8, mix(request + 2));
        view.setUint32(start + TRACE_ID_AT + 12, mix(request + 3));
        view.setUint32(start + SPAN_ID_AT, mix(request + 4));
        view.setUint32(start + SPAN_ID_AT + 4, mix(request + 5));
      }
      return bytes;
    },
  };
}

function writeLine(writer: ProtoWriter, random: () => number): void {
  writer.fixed64(0x09);
  writer.fixed64(0x59);
  writer.hole(0x4a, 16);
  writer.hole(0x52, 8);
  const isError = random() < 0.02;
  const [method, template] = pick(random, ROUTES).split(' ') as [string, string];
  const path = template.replace('{id}', String(Math.floor(random() * 50_000)));
  const ms = logNormal(random, 8, 1.1).toFixed(1);
  const user = `user-${Math.floor(random() * 20_000)}`;
  const status = isError ? 503 : 200;
  writer.number(0x10, isError ? 17 : 9);
  writer.text(0x1a, isError ? 'ERROR' : 'INFO');
  const body = pick(random, [
    `${method} ${path} answered ${status} in ${ms} ms`,
    `loaded ${Math.floor(random() * 40)} rows for ${user} from the cache in ${ms} ms`,
    `calling inventory for ${path}, attempt ${1 + Math.floor(random() * 2)} of 3`,
    `reserved stock for ${user}: ${Math.floor(random() * 9)} items of ${path}`,
  ]);
  writer.message(0x2a, () => writer.text(0x0a, body));
  for (const [key, value] of Object.entries({
    'http.request.method': method,
    'http.route': template,
    'url.path': path,
    'http.response.status_code': status,
    'enduser.id': user,
    'code.function.name': 'handleRequest',
  })) {
    writer.attribute(0x32, key, value);
  }
}
