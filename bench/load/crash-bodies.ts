import snappy from 'snappyjs';
import { OTLP_HEADERS } from './body.ts';
import { ProtoWriter } from './proto-writer.ts';

export type CrashKind = 'spans' | 'logs' | 'samples';
export const ITEMS_PER_BATCH = 100;
/** Of spans and logs; so few that each has many batches in each row of a rollup. */
const OPERATIONS = 50;

/** Requests whose every item carries a number: `batch * ITEMS_PER_BATCH + index`, by which it is counted afterwards. */
export const CRASH_BODIES: Record<
  CrashKind,
  { path: string; headers: Record<string, string>; make: (batch: number, nowMs: number) => Buffer }
> = {
  spans: { path: '/v1/traces', headers: OTLP_HEADERS, make: makeSpans },
  logs: { path: '/v1/logs', headers: OTLP_HEADERS, make: makeLogs },
  samples: {
    path: '/api/v1/write',
    headers: { 'content-type': 'application/x-protobuf', 'content-encoding': 'snappy' },
    make: makeSamples,
  },
};

function makeSpans(batch: number, nowMs: number): Buffer {
  return otlp((writer, index) => {
    const number = batch * ITEMS_PER_BATCH + index;
    writer.bytes.fill(0, writer.hole(0x0a, 16), writer.length);
    // A trace for each batch, beginning with a byte that keeps it from being all zero.
    writer.bytes[writer.length - 16] = 1;
    writer.bytes.writeUIntBE(batch, writer.length - 6, 6);
    writer.bytes.writeBigUInt64LE(BigInt(number + 1), writer.hole(0x12, 8));
    writer.text(0x2a, `operation-${batch % OPERATIONS}`);
    writer.number(0x30, 2);
    // A third of them an hour old and a third a day, so that an insert touches several parts and partitions.
    const time = BigInt(nowMs - [0, 3_600_000, 86_400_000][index % 3]!) * 1_000_000n;
    writer.fixed64(0x39, time);
    writer.fixed64(0x41, time + BigInt(index * 1_000));
  });
}

function makeLogs(batch: number, nowMs: number): Buffer {
  return otlp((writer, index) => {
    writer.fixed64(0x09, BigInt(nowMs - [0, 3_600_000, 86_400_000][index % 3]!) * 1_000_000n);
    writer.message(0x2a, () => writer.text(0x0a, String(batch * ITEMS_PER_BATCH + index)));
  });
}

function otlp(item: (writer: ProtoWriter, index: number) => void): Buffer {
  const writer = new ProtoWriter();
  writer.message(0x0a, () => {
    writer.message(0x0a, () => writer.attribute(0x0a, 'service.name', 'crash'));
    writer.message(0x12, () => {
      for (let index = 0; index < ITEMS_PER_BATCH; index++) writer.message(0x12, () => item(writer, index));
    });
  });
  return writer.take();
}

/** One series for each place in the batch, whose value is the number. */
function makeSamples(batch: number, nowMs: number): Buffer {
  const writer = new ProtoWriter();
  for (let index = 0; index < ITEMS_PER_BATCH; index++) {
    writer.message(0x0a, () => {
      for (const [name, value] of [
        ['__name__', 'crash_number'],
        ['place', String(index)],
      ] as const) {
        writer.message(0x0a, () => {
          writer.text(0x0a, name);
          writer.text(0x12, value);
        });
      }
      writer.message(0x12, () => {
        writer.double(0x09, batch * ITEMS_PER_BATCH + index);
        writer.number(0x10, nowMs);
      });
    });
  }
  return snappy.compress(writer.take()) as Buffer;
}
