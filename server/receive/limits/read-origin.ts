import type { ProtoReader } from '#server/decode/proto-reader.ts';
import type { Budgets } from './budgets.ts';

export interface Origin {
  /** service.name, as the tables have it. */
  service: string;
  /** Of service.instance.id: the bytes of the value. */
  instance: { start: number; end: number };
  /** Why nothing of this resource may be kept, if so: it is repeated with each of its records. */
  fault: string | undefined;
}

const UNKNOWN_SERVICE = 'unknown_service';
const SERVICE = Buffer.from('service.name');
const INSTANCE = Buffer.from('service.instance.id');
const SERVICE_BYTES_MAX = 1024;

/** Reads who sent a Resource* message, wherever in it the resource stands; the cursor stays. */
export function readOrigin(reader: ProtoReader, { limits }: Budgets): Origin {
  const { pos } = reader;
  const origin: Origin = { service: '', instance: { start: 0, end: 0 }, fault: undefined };
  let count = 0;
  reader.each(0x0a, () => {
    while (reader.more) {
      const tag = reader.tag();
      if (tag !== 0x0a) {
        reader.skip(tag);
        continue;
      }
      count++;
      readAttribute(reader, origin, limits.attributeValueBytes);
    }
  });
  reader.pos = pos;
  if (count > limits.attributesPerRecord) {
    origin.fault = `a resource over ${limits.attributesPerRecord} attributes (INGEST_MAX_ATTRIBUTES_PER_RECORD)`;
  }
  origin.service ||= UNKNOWN_SERVICE;
  return origin;
}

function readAttribute(reader: ProtoReader, origin: Origin, bytesMax: number): void {
  const { bytes } = reader;
  let [keyStart, keyEnd, start, end] = [0, 0, 0, 0];
  const outer = reader.enter();
  while (reader.more) {
    const tag = reader.tag();
    if (tag === 0x0a) {
      reader.range();
      [keyStart, keyEnd] = [reader.start, reader.end];
    } else if (tag === 0x12) {
      reader.range();
      [start, end] = [reader.start, reader.end];
    } else reader.skip(tag);
  }
  reader.leave(outer);
  if (end - start > bytesMax) {
    origin.fault = `a resource with an attribute over ${bytesMax} bytes (INGEST_MAX_ATTRIBUTE_VALUE_BYTES)`;
  }
  if (is(bytes, keyStart, keyEnd, INSTANCE)) origin.instance = { start, end };
  else if (origin.service === '' && is(bytes, keyStart, keyEnd, SERVICE)) {
    origin.service = stringValue(reader, start, Math.min(end, start + SERVICE_BYTES_MAX));
  }
}

/** Of an AnyValue that is a string; empty for others. */
function stringValue(reader: ProtoReader, start: number, end: number): string {
  const { bytes } = reader;
  if (start === end || bytes[start] !== 0x0a) return '';
  // Behind the tag and the one or two bytes of a length.
  const at = start + 2 + (bytes[start + 1]! > 0x7f ? 1 : 0);
  return Buffer.from(bytes.buffer, bytes.byteOffset + at, Math.max(0, end - at)).toString('utf8');
}

function is(bytes: Uint8Array, start: number, end: number, name: Buffer): boolean {
  if (end - start !== name.length) return false;
  for (let at = 0; at < name.length; at++) if (bytes[start + at] !== name[at]) return false;
  return true;
}
