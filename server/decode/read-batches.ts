import type { ProtoReader } from './proto-reader.ts';

interface Origin {
  readResource: (reader: ProtoReader) => void;
  readScope: (reader: ProtoReader) => void;
}

/**
 * Walks Resource* > Scope* > record, the nesting that all signals of OTLP share: the resource, the scope and the records
 * have the same field numbers in each.
 */
export function readBatches(reader: ProtoReader, origin: Origin, readRecord: (reader: ProtoReader) => void): void {
  reader.each(0x0a, () => {
    origin.readResource(reader);
    reader.each(0x12, () => {
      origin.readScope(reader);
      reader.each(0x12, readRecord);
    });
  });
}
