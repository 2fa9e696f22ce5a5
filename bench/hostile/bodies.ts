import { gzipSync, zstdCompressSync } from 'node:zlib';
import { ProtoWriter } from '../load/proto-writer.ts';

/** Compressed members one behind the other, which together decompress to `bytes` zeros. */
export function createBomb(bytes: number, encoding: 'gzip' | 'zstd'): Buffer {
  // Members of gzip below what one body may be, so that nothing but decompressing shows what they are; zstd takes one frame.
  const part = Math.min(bytes, encoding === 'gzip' ? 50_000_000 : 100_000_000);
  const packed =
    encoding === 'gzip' ? gzipSync(Buffer.alloc(part), { level: 9 }) : zstdCompressSync(Buffer.alloc(part));
  return Buffer.concat(Array.from({ length: Math.ceil(bytes / part) }, () => packed));
}

/** A request of spans of one service; `write` adds the attributes of each. */
export function createSpans(
  service: string,
  count: number,
  write: (writer: ProtoWriter, span: number) => void,
): Buffer {
  const writer = new ProtoWriter();
  const now = BigInt(Date.now()) * 1_000_000n;
  writer.message(0x0a, () => {
    writer.message(0x0a, () => writer.attribute(0x0a, 'service.name', service));
    writer.message(0x12, () => {
      for (let span = 0; span < count; span++) {
        writer.message(0x12, () => {
          const trace = writer.hole(0x0a, 16);
          const id = writer.hole(0x12, 8);
          for (const at of [trace, id]) writer.bytes.writeUInt32LE((Math.random() * 0xffff_fffe + 1) >>> 0, at);
          writer.text(0x2a, 'operation');
          writer.fixed64(0x39, now);
          writer.fixed64(0x41, now + 1_000n);
          write(writer, span);
        });
      }
    });
  });
  return writer.take();
}

export function withAttribute(bytes: number): Buffer {
  return createSpans('hostile', 1, (writer) => writer.attribute(0x4a, 'dump', 'x'.repeat(bytes)));
}

/** An attribute whose value is a list in a list in a list ... */
export function withDepth(depth: number): Buffer {
  let value: Buffer = Buffer.from([0x0a, 1, 0x78]);
  for (let level = 0; level < depth; level++) value = field(0x2a, field(0x0a, value));
  const attribute = Buffer.concat([field(0x0a, Buffer.from('deep')), field(0x12, value)]);
  return createSpans('hostile', 1, (writer) => {
    const at = writer.hole(0x4a, attribute.length);
    attribute.copy(writer.bytes, at);
  });
}

export function jsonWithDepth(depth: number): Buffer {
  const deep = `${'{"arrayValue":{"values":['.repeat(depth)}{"stringValue":"x"}${']}}'.repeat(depth)}`;
  return Buffer.from(
    `{"resourceSpans":[{"scopeSpans":[{"spans":[{"attributes":[{"key":"deep","value":${deep}}]}]}]}]}`,
  );
}

/** Points of one gauge with a label that no other point has. */
export function createLabelSets(from: number, count: number): Buffer {
  const writer = new ProtoWriter();
  const now = BigInt(Date.now()) * 1_000_000n;
  writer.message(0x0a, () => {
    writer.message(0x0a, () => writer.attribute(0x0a, 'service.name', 'hostile'));
    writer.message(0x12, () =>
      writer.message(0x12, () => {
        writer.text(0x0a, 'requests');
        writer.message(0x2a, () => {
          for (let point = from; point < from + count; point++) {
            writer.message(0x0a, () => {
              writer.attribute(0x3a, 'user', `user-${point}`);
              writer.fixed64(0x19, now);
              writer.double(0x21, point);
            });
          }
        });
      }),
    );
  });
  return writer.take();
}

function field(tag: number, bytes: Buffer): Buffer {
  const head = [tag];
  for (let rest = bytes.length; ; rest >>>= 7) {
    if (rest > 0x7f) head.push((rest & 0x7f) | 0x80);
    else {
      head.push(rest);
      return Buffer.concat([Buffer.from(head), bytes]);
    }
  }
}
