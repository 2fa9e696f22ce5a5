import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { Client, credentials, status } from '@grpc/grpc-js';
import { createBomb, createLabelSets, createSpans, jsonWithDepth, withAttribute, withDepth } from './bodies.ts';
import { send } from './send.ts';

const PROTOBUF = { 'content-type': 'application/x-protobuf' };
const TRACES_OVER_GRPC = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';

export interface Attack {
  name: string;
  /** The answers, each once. */
  run: () => Promise<string[]>;
  /** Whether those are the right ones. */
  expected: RegExp;
}

/** Each builds what it sends when it is made, so that only the sending is measured. `share` 1 is the full size. */
export function createAttacks(url: string, grpc: string, share: number): (() => Attack)[] {
  const traces = `${url}/v1/traces`;
  const attribute = Math.round(100_000_000 * share);
  const bomb = (encoding: 'gzip' | 'zstd') => (): Attack => {
    const body = createBomb(10_000_000_000 * share, encoding);
    return {
      name: `bomb of ${encoding}, ${mb(body.length)} MB that become ${mb(10_000_000_000 * share)} MB`,
      run: async () => [String((await send(traces, { ...PROTOBUF, 'content-encoding': encoding }, body)).status)],
      expected: /^413$/,
    };
  };
  const one =
    (name: string, expected: RegExp, body: () => Buffer, headers: Record<string, string> = PROTOBUF) =>
    (): Attack => {
      const built = body();
      return { name, expected, run: async () => [String((await send(traces, headers, built)).status)] };
    };
  return [
    bomb('gzip'),
    bomb('zstd'),
    one(`attribute of ${mb(attribute)} MB`, /^413$/, () => withAttribute(attribute)),
    () => {
      const body = withAttribute(attribute);
      const parts = Array.from({ length: Math.ceil(body.length / 65_536) }, (_, n) =>
        body.subarray(n * 65_536, (n + 1) * 65_536),
      );
      const run = async () => [String((await send(traces, PROTOBUF, Readable.from(parts))).status)];
      return { name: 'the same without a length', expected: /^413$/, run };
    },
    one('the same in gzip', /^413$/, () => gzipSync(withAttribute(attribute)), {
      ...PROTOBUF,
      'content-encoding': 'gzip',
    }),
    () => {
      const body = withAttribute(attribute);
      return {
        name: 'the same over gRPC',
        expected: /^RESOURCE_EXHAUSTED$/,
        run: async () => [await call(grpc, body)],
      };
    },
    one('values nested 10,000 deep', /^400$/, () => withDepth(10_000)),
    one('the same in JSON', /^400$/, () => jsonWithDepth(10_000), { 'content-type': 'application/json' }),
    one('8 MB of brackets', /^400$/, () => Buffer.alloc(8_000_000, '['), { 'content-type': 'application/json' }),
    () => labelSets(`${url}/v1/metrics`, Math.round(1_000_000 * share)),
    () => crowd(traces),
  ];
}

/** One service with ever new labels; what it may have is kept, the others are counted in the partial success. */
function labelSets(url: string, count: number): Attack {
  const perRequest = 10_000;
  return {
    name: `${count} label sets of one service`,
    // 20,000 by default.
    expected: /^(?:200: 0 refused )?200: \d+ refused$/,
    run: async () => {
      let refused = 0;
      const statuses = new Set<number>();
      for (let from = 0; from < count; from += perRequest) {
        const answer = await send(url, PROTOBUF, createLabelSets(from, perRequest));
        statuses.add(answer.status);
        refused += Number(/(\d+) × over the/.exec(Buffer.from(answer.text, 'latin1').toString())?.[1] ?? 0);
      }
      return [`${[...statuses].join()}: ${refused} refused`];
    },
  };
}

/** One service that sends 20 MB at once on each of twelve connections. */
function crowd(url: string): Attack {
  const value = 'x'.repeat(100_000);
  const body = createSpans('hostile', 200, (writer) => writer.attribute(0x4a, 'dump', value));
  return {
    name: `twelve requests of ${mb(body.length)} MB at once`,
    expected: /^(?:200 )?429 with Retry-After$/,
    run: async () => {
      const answers = await Promise.all(Array.from({ length: 12 }, () => send(url, PROTOBUF, body)));
      return answers.map(({ status: code, retryAfter }) => `${code}${retryAfter ? ' with Retry-After' : ''}`);
    },
  };
}

function call(address: string, body: Buffer): Promise<string> {
  const client = new Client(address, credentials.createInsecure(), { 'grpc.max_send_message_length': -1 });
  return new Promise((resolve) => {
    client.makeUnaryRequest(
      TRACES_OVER_GRPC,
      (bytes: Buffer) => bytes,
      (bytes) => bytes,
      body,
      (error) => {
        client.close();
        resolve(status[error?.code ?? 0]!);
      },
    );
  });
}

function mb(bytes: number): string {
  return (bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0);
}
