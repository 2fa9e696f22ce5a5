import type { ProtoWriter } from './proto-writer.ts';

const INT64_END = 2 ** 63;

export function writeAttributes(to: ProtoWriter, field: number, attributes: object): void {
  for (const key in attributes) writeAttribute(to, field, key, attributes[key as keyof typeof attributes]);
}

/** opentelemetry.proto.common.v1.KeyValue; one without a value is none. */
export function writeAttribute(to: ProtoWriter, field: number, key: string, value: unknown): void {
  if (value === undefined) return;
  const start = to.begin(field);
  to.string(1, key);
  writeValue(to, 2, value);
  to.end(start);
}

/** opentelemetry.proto.common.v1.AnyValue; of what JSON has not, nothing. */
export function writeValue(to: ProtoWriter, field: number, value: unknown): void {
  const start = to.begin(field);
  if (typeof value === 'string') to.string(1, value);
  else if (typeof value === 'boolean') to.varint(2, value ? 1 : 0);
  else if (typeof value === 'number') writeNumber(to, value);
  else if (Array.isArray(value)) {
    const list = to.begin(5);
    for (const each of value) writeValue(to, 1, each);
    to.end(list);
  } else if (value instanceof Uint8Array) to.raw(7, value);
  else if (typeof value === 'object' && value !== null) {
    const map = to.begin(6);
    writeAttributes(to, 1, value);
    to.end(map);
  }
  to.end(start);
}

function writeNumber(to: ProtoWriter, value: number): void {
  if (Number.isInteger(value) && value >= -INT64_END && value < INT64_END) to.varint(3, value);
  else to.double(4, value);
}
