import type { ProtoReader } from './proto-reader.ts';
import type { Resource } from './resource.ts';

/**
 * Walks Resource* > Scope* > record, the nesting that all signals of OTLP share: the resource, the scope and the records
 * have the same field numbers in each.
 */
export function readBatches(reader: ProtoReader, resource: Resource, readRecord: (reader: ProtoReader) => void): void {
  reader.each(0x0a, () => {
    resource.readResource(reader);
    reader.each(0x12, () => {
      resource.readScope(reader);
      reader.each(0x12, readRecord);
    });
  });
}
